"""People whose name is public: officials, authors, artists, those whom a street remembers."""

from __future__ import annotations

from tests.rgpd.samples.columns import BIRTHS, FIRST, LANDLINES, LAST, NAMES, SEXES, TOWNS, table

SAMPLES = {
    "voies.csv": table(
        code_voie=range(8),
        nom_voie=[
            "Rue Jean Jaurès",
            "Rue Victor Hugo",
            "Place Edgar Quinet",
            "Avenue Pierre Semard",
            "Rue Charles Robin",
            "Boulevard de Brou",
            "Rue Bichat",
            "Rue Lalande",
        ],
        commune="Bourg-en-Bresse",
        longueur="123",
    ),
    "prenoms.csv": table(
        COLL_NOM="Bourg-en-Bresse",
        COLL_INSEE="01053",
        ENFANT_SEXE=list("FMMMFMFF"),
        ENFANT_PRENOM=FIRST,
        NOMBRE_OCCURRENCES=["12", "8", "5", "9", "7", "6", "5", "11"],
        ANNEE="2022",
    ),
    "elus.csv": table(
        Nom=LAST,
        Prénom=FIRST,
        Mandat=["Maire", "Adjoint au maire", *["Conseiller municipal"] * 6],
        **{"Date de début du mandat": "2020-05-25"},
        Nuance="DVG",
    ),
    "annuaire_services.csv": table(
        service=["Urbanisme", "État civil", "Voirie", "Eau", "Déchets", "Culture", "Sport", "Finances"],
        responsable=NAMES,
        fonction=[
            "Directrice",
            "Chef de service",
            "Directeur",
            "Responsable",
            "Directrice",
            "Directeur",
            "Chargé de mission",
            "Directrice",
        ],
        telephone=LANDLINES,
        courriel=[
            f"{s}@grandbourg.fr"
            for s in ("urbanisme", "etatcivil", "voirie", "eau", "dechets", "culture", "sport", "finances")
        ],
    ),
    "prets_livres.csv": table(
        titre=["Les Misérables", "Germinal", "L’Étranger", "La Peste", "Le Horla", "Candide", "Nana", "Bel-Ami"],
        auteur=[
            "Amélie Nothomb",
            "Marc Levy",
            "Guillaume Musso",
            "Fred Vargas",
            "Michel Bussi",
            "Pierre Lemaitre",
            "Anna Gavalda",
            "David Foenkinos",
        ],
        editeur="Gallimard",
        nb_prets=["12"] * 8,
    ),
    "resultats_elections.csv": table(
        bureau=range(8), inscrits="800", votants="500", exprimes="490", candidat=NAMES, voix=["120"] * 8
    ),
    "agenda.csv": table(
        titre=[
            "Concert de Vincent Delerm",
            "Marché de Noël",
            "Exposition Sophie Calle",
            "Vide-grenier",
            "Fête de la musique",
            "Spectacle",
            "Conférence de M. Paul Durand",
            "Bal",
        ],
        lieu="Salle des fêtes",
        date_debut="2023-12-12",
        tarif="gratuit",
        contact="culture@ville.fr",
        description="Ouvert à tous, réservation au 04 74 24 24 64",
    ),
    "monument_morts.csv": table(
        nom=LAST,
        prenom=FIRST,
        date_naissance=[f"12/03/18{80 + n}" for n in range(8)],
        date_deces=[f"12/03/191{4 + n % 5}" for n in range(8)],
        mort_pour_la_france="oui",
    ),
    "rne_conseillers.csv": table(
        **{
            "Code commune": [f"0105{n}" for n in range(8)],
            "Nom de l’élu": LAST,
            "Prénom de l’élu": FIRST,
            "Code sexe": SEXES,
            "Date de naissance": BIRTHS,
            "Libellé de la catégorie socio-professionnelle": "Cadre",
            "Date de début du mandat": "18/05/2020",
            "Libellé de la fonction": ["Maire", "1er adjoint"] * 4,
        }
    ),
    "prix_litteraires.csv": table(
        annee=[f"20{n}1" for n in range(10, 18)],
        laureat=[
            "Amélie Nothomb",
            "Marc Levy",
            "Guillaume Musso",
            "Fred Vargas",
            "Michel Bussi",
            "Pierre Lemaitre",
            "Anna Gavalda",
            "David Foenkinos",
        ],
        titre="Roman",
        editeur="Gallimard",
    ),
    "elus_agglo.csv": table(
        civilite=["Mme", "M."] * 4,
        nom=LAST,
        prenom=FIRST,
        commune=TOWNS,
        fonction=["Président", "Vice-président", *["Conseiller communautaire"] * 6],
    ),
    "elections_large.csv": table(
        bureau=range(8),
        inscrits="812",
        votants="512",
        exprimes="490",
        **{"Emmanuel MARTIN": "120", "Marie DUPONT": "98"},
    ),
    "noms_de_rues.csv": table(
        voie=[
            "Rue Jean Dupuis",
            "Rue Paul Morand",
            "Rue Lucie Petit",
            "Place Anna Roux",
            "Rue Marc Perrin",
            "Rue Louis Blanc",
            "Rue Alice Guy",
            "Rue Pierre Roche",
        ],
        personnalite=[
            "Jean Dupuis",
            "Paul Morand",
            "Lucie Petit",
            "Anna Roux",
            "Marc Perrin",
            "Louis Blanc",
            "Alice Guy",
            "Pierre Roche",
        ],
        biographie="Né le 12 mars 1802 à Lyon, médecin des pauvres et maire de la ville",
        date_deliberation="1932",
    ),
    "programme_festival.csv": table(
        date="2023-07-12",
        scene="Grande scène",
        artistes=[
            "Clara Luciani",
            "Juliette Armanet",
            "Vianney",
            "Ben Mazué",
            "Thomas Dutronc",
            "Pomme",
            "Louane",
            "Hervé",
        ],
        tarif="25",
    ),
}
