"""Purchases, resolutions, grants, staff, budget."""

from __future__ import annotations

from tests.rgpd.corpus.people import Chance, dotted, plain
from tests.rgpd.corpus.registry import Book, Document, Records, Sheet, Table, file

TRADES = (
    "SARL MARTIN ET FILS|EUROVIA ALPES|SAS PETIT PAYSAGE|Entreprise Roche Père & Fils|SOCAFL|BOUVARD TP|"
    "Agence Pierre Bon Architectes"
)
CLUBS = (
    "Les Amis de Brou|Comité des fêtes|Sou des écoles laïques|Harmonie municipale|Foot Club Bressan|"
    "Secours populaire|Foyer rural Jean Macé"
)


@file("decp_marches_publics.json")
def contracts(c: Chance) -> Document:
    return Records(
        {
            "marches": {
                "marche": [
                    {
                        "id": f"2025{c.digits(10)}",
                        "acheteur": {"id": c.siret()},
                        "objet": "Réfection de la toiture de l'école Pierre Curie",
                        "codeCPV": f"4526{c.digits(4)}-9",
                        "procedure": "Procédure adaptée",
                        "montant": c.randrange(25000, 900000),
                        "dateNotification": f"{c.day(2024, 2025)}",
                        "titulaires": [
                            {
                                "titulaire": {
                                    "id": c.siret(),
                                    "typeIdentifiant": "SIRET",
                                    "denominationSociale": c.some(TRADES),
                                }
                            }
                        ],
                    }
                    for _ in range(50)
                ]
            }
        }
    )


@file("marches_attribues_2025.csv")
def awards(c: Chance) -> Document:
    rows = [
        [
            f"25S{n:03d}",
            c.some("Voirie 2025|Maîtrise d'œuvre médiathèque|Espaces verts"),
            c.some(TRADES),
            c.siret(),
            "01000",
            c.amount(4000, 900000),
        ]
        for n in range(44)
    ]
    title = [["Liste des marchés conclus en 2025 (article R2196-1 du code de la commande publique)"], [""]]
    return Table(["N°", "Objet", "Attributaire", "SIRET", "CP", "Montant HT"], rows, title=title)


@file("deliberations_scdl.csv")
def resolutions(c: Chance) -> Document:
    subjects = [
        "Dénomination de la rue Simone Veil",
        "Vote du budget primitif 2025",
        "Garantie d'emprunt à Logidia",
        "Création d'un poste d'attaché",
        "Tarifs de la piscine Carré d'Eau",
        "Convention avec l'association Rose des Sables",
    ]
    rows = [
        [
            "Grand Bourg Agglomération",
            "20007175100016",
            f"{c.day(2024, 2025)}",
            f"DC-2025-{n:03d}",
            f"{c.day(2025, 2025)}",
            "Délibération",
            c.choice(subjects),
            c.randrange(40, 74),
            c.randrange(0, 5),
        ]
        for n in range(1, 90)
    ]
    header = [
        "COLL_NOM",
        "COLL_SIRET",
        "DELIB_DATE",
        "DELIB_ID",
        "PREF_DATE",
        "DELIB_MATIERE",
        "DELIB_OBJET",
        "VOTE_POUR",
        "VOTE_CONTRE",
    ]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("decisions_president_2024.csv")
def decisions(c: Chance) -> Document:
    subjects = [
        "Bail de la maison de la chasse",
        "Avenant n° 2 au marché de nettoyage",
        "Régie de recettes de la piscine",
        "Don d'un fonds Pierre Goujon au musée",
        "Mise à disposition du gymnase",
    ]
    rows = [[f"D{n:04d}", c.fr(2024, 2024), c.choice(subjects)] for n in range(640)]
    p = c.person()
    rows[417][2] = f"Remise gracieuse accordée à {p.title} {p.upper}, {p.address}, au vu de son arrêt de longue maladie"
    return Table(["Numéro", "Date", "Objet"], rows)


@file("subventions_associations_2025.csv")
def grants(c: Chance) -> Document:
    rows = [
        [
            "Grand Bourg Agglomération",
            "20007175100016",
            f"{c.day(2025, 2025)}",
            f"S25-{n:03d}",
            c.some(CLUBS),
            c.siret(),
            c.rna(),
            c.some("Fonctionnement|Festival 2025"),
            c.randrange(200, 40000),
            "aide en numéraire",
        ]
        for n in range(110)
    ]
    header = [
        "nomAttribuant",
        "idAttribuant",
        "dateConvention",
        "referenceDecision",
        "nomBeneficiaire",
        "idBeneficiaire",
        "rnaBeneficiaire",
        "objet",
        "montant",
        "nature",
    ]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("subventions_velos_2025.csv")
def bicycle_grants(c: Chance) -> Document:
    rows = [
        [
            "Ville d'Exemple",
            "21290232800014",
            f"{c.day(2025, 2025)}",
            f"VAE-{n:04d}",
            f"{p.last.upper()} {p.first}",
            "",
            "Achat d'un vélo à assistance électrique",
            c.choice((150, 200, 300)),
            "aide en numéraire",
        ]
        for n, p in enumerate(c.people(140))
    ]
    header = [
        "nomAttribuant",
        "idAttribuant",
        "dateConvention",
        "referenceDecision",
        "nomBeneficiaire",
        "idBeneficiaire",
        "objet",
        "montant",
        "nature",
    ]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("aides_renovation_habitat.csv")
def renovation(c: Chance) -> Document:
    rows = [
        [
            f"M. et Mme {p.last}",
            f"{p.street} - {p.town}",
            c.some("Isolation|PAC air-eau|Fenêtres"),
            c.amount(500, 12000),
            c.some("modeste|très modeste"),
        ]
        for p in c.people(95, 1945, 1990)
    ]
    return Table(["Bénéficiaire", "Adresse du chantier", "Travaux", "Aide versée", "Plafond ANAH"], rows)


@file("organigramme_services.csv")
def organisation(c: Chance) -> Document:
    rows = [
        [
            c.some("DGS|Voirie|Eau|Culture|Finances"),
            p.last.upper(),
            p.first,
            c.some("Directeur|Cheffe de service|Chargé de mission"),
            "04 65 71 20 00",
            c.some("eau@agglo-exemple.fr|voirie@agglo-exemple.fr|accueil@agglo-exemple.fr"),
        ]
        for p in c.people(48, 1962, 1996)
    ]
    return Table(["Direction", "Nom", "Prénom", "Fonction", "Standard", "Courriel du service"], rows)


@file("annuaire_agents_complet.xlsx")
def staff(c: Chance) -> Document:
    rows = [
        [
            p.last.upper(),
            p.first,
            c.some("ATSEM|Agent technique|Rédacteur"),
            f"{p.born:%d/%m/%Y}",
            p.street,
            dotted(p.mobile),
        ]
        for p in c.people(73, 1960, 2001)
    ]
    return Book(
        {"Agents": Sheet(["Nom", "Prénom", "Grade", "Date de naissance", "Adresse perso.", "Port. perso"], rows)}
    )


@file("paie_export_2025_09.csv")
def payroll(c: Chance) -> Document:
    rows = [[c.digits(5), p.nir, c.amount(1400, 4800), c.amount(1100, 3900), p.iban] for p in c.people(210, 1960, 2002)]
    return Table(["MATR", "NUMSS", "BRUT", "NET", "IBAN"], rows)


@file("rapport_social_unique.csv")
def social_report(c: Chance) -> Document:
    rows = [
        [kind, sex, year, c.randrange(24, 400)]
        for kind in "ABC"
        for sex in ("Femmes", "Hommes")
        for year in range(2019, 2026)
    ]
    return Table(["Catégorie", "Sexe", "Année", "Effectif"], rows)


@file("emplois_remunerations_detail.csv")
def salaries(c: Chance) -> Document:
    rows = [
        [
            c.some("Finances|Piscine|Musée|Voirie|Eau|Crèche"),
            c.some("Attaché|Rédacteur|Adjoint technique|ATSEM"),
            c.some("F|H"),
            c.randrange(21, 66),
            c.some("100%|80%|50%"),
            c.some("O|N|N"),
            c.amount(1300, 5100),
        ]
        for _ in range(160)
    ]
    header = ["service", "grade", "sexe", "age", "quotite", "temps_partiel_therapeutique", "remuneration_brute"]
    return Table(header, rows)


@file("catalogue_jeux_de_donnees.csv")
def catalogue(c: Chance) -> Document:
    rows = [
        [
            f"jeu-{n}",
            c.some("Menus|Budget|Arrêts|Arbres"),
            c.some("Licence Ouverte 2.0|ODbL"),
            c.fr(),
            "opendata@agglo-exemple.fr",
            f"https://data.exemple.fr/dataset/{n}",
        ]
        for n in range(60)
    ]
    return Table(["id", "titre", "licence", "modifié", "contact", "url"], rows)


@file("courrier_arrive.xlsx")
def letters(c: Chance) -> Document:
    rows = [
        [c.fr(2025, 2025), p.full, p.town, c.some("Demande de logement|Plainte bruit|Voirie|Inscription crèche")]
        for p in c.people(88)
    ]
    p, q = c.people(2)
    comments = {
        (7, 1): f"Rappeler Mme {p.last} au {dotted(p.mobile)}",
        (21, 3): f"voisin : {q.full}, en dépression, {q.email}",
    }
    title = [["REGISTRE DU COURRIER ARRIVÉE 2025", "", "", ""], ["", "", "", ""]]
    return Book({"Courrier": Sheet(["Reçu le", "Expéditeur", "Ville", "Objet"], rows, title=title, comments=comments)})


@file("arretes_circulation.csv")
def traffic_orders(c: Chance) -> Document:
    rows = [
        [
            f"AT-2025-{n:03d}",
            c.fr(2025, 2025),
            f"{c.some('Rue Pierre Curie|Avenue Jean Jaurès|Rue Victor-Hugo')}",
            c.some("Alternat|Route barrée|Stationnement interdit"),
            c.some(TRADES),
        ]
        for n in range(120)
    ]
    return Table(["Numéro", "Date", "Voie", "Mesure", "Entreprise"], rows)


@file("arretes_police_administrative.csv")
def police_orders(c: Chance) -> Document:
    kinds = "Soins psychiatriques sans consentement|Mise en sécurité d'immeuble|Chien catégorisé|Fermeture de débit"
    rows = [
        [f"AP{n:03d}", c.fr(2025, 2025), f"{c.some(kinds)} - {p.title} {p.full}, {p.street}"]
        for n, p in enumerate(c.people(60))
    ]
    return Table(["n°", "date", "intitulé"], rows)


@file("annuaire_mairies.csv")
def town_halls(c: Chance) -> Document:
    rows = [
        [
            name,
            code,
            f"Place de la Mairie {zip_code}",
            c.switchboard(),
            f"mairie@{plain(name)}.fr",
            f"www.{plain(name)}.fr",
            f"{p.title} {p.full}",
        ]
        for (name, zip_code, code), p in ((c.town(), c.person(1948, 1990)) for _ in range(30))
    ]
    header = ["Commune", "Code INSEE", "Adresse mairie", "Tél. mairie", "Courriel mairie", "Site", "Maire"]
    return Table(header, rows)
