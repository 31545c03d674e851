"""Social action, health, employment, housing."""

from __future__ import annotations

import hashlib

from tests.rgpd.corpus.people import Chance, dotted, plain, spaced
from tests.rgpd.corpus.registry import Book, Document, Features, Records, Sheet, Table, file


@file("ccas_aides_facultatives_2024.csv")
def aids(c: Chance) -> Document:
    rows = [
        [
            p.last.upper(),
            p.first,
            spaced(p.nir),
            c.some("Secours|Énergie|Alimentaire|Cantine"),
            c.amount(30, 400),
            c.fr(),
        ]
        for p in c.people(130)
    ]
    return Table(["NOM", "Prénom", "N° sécu", "Type aide", "Montant", "Date commission"], rows)


@file("ccas_aides_par_commune.csv")
def aids_by_town(c: Chance) -> Document:
    rows = [
        [f"{c.town()[0]}", kind, c.choice((*[str(c.randrange(11, 240))] * 4, "s")), c.amount(1500, 80000)]
        for kind in ("Secours", "Énergie", "Alimentaire")
        for _ in range(12)
    ]
    title = [["s : secret statistique, moins de 11 bénéficiaires", "", "", ""]]
    return Table(["Commune", "Type d'aide", "Nombre de bénéficiaires", "Montant total"], rows, title=title)


@file("rsa_allocataires_commune_age.csv")
def small_cells(c: Chance) -> Document:
    rows = [
        [f"01{n:03d}", age, sex, c.choice((1, 1, 2, 3, 4, 6, 12, 27))]
        for n in range(1, 40)
        for age in ("18-24", "25-39", "40-59", "60+")
        for sex in "FH"
    ]
    return Table(["codgeo", "tranche_age", "sexe", "nb_allocataires_rsa"], rows, delimiter=",", encoding="utf-8")


@file("plan_canicule_bilan.xlsx")
def heat_wave(c: Chance) -> Document:
    totals = [[c.town()[0], c.randrange(20, 200), c.randrange(30, 400)] for _ in range(10)]
    rows = [
        [
            p.title,
            p.upper,
            p.address,
            dotted(p.phone),
            c.some("insuffisance cardiaque|oxygène à domicile|Alzheimer|RAS"),
        ]
        for p in c.people(58, 1930, 1948)
    ]
    listed = Sheet(["Civ.", "Personne isolée", "Domicile", "Tél", "Pathologie"], rows, hidden=True)
    return Book({"Bilan": Sheet(["Commune", "Inscrits", "Appels"], totals), "Registre": listed})


@file("demandes_logement_social_anonymise.csv")
def housing_pseudonyms(c: Chance) -> Document:
    rows = [
        [
            hashlib.sha256(p.full.encode()).hexdigest()[:16],
            p.born.year,
            p.sex,
            p.town,
            c.randrange(1, 8),
            c.randrange(6000, 38000),
            c.some("O|N|N|N"),
            c.some("Séparation|Violences|Décohabitation|Mutation"),
        ]
        for p in c.people(420, 1945, 2003)
    ]
    header = [
        "id_demandeur",
        "annee_naiss",
        "sexe",
        "commune_souhaitee",
        "nb_pers",
        "revenu_fiscal",
        "handicap",
        "motif",
    ]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("logement_social_indicateurs.csv")
def housing_figures(c: Chance) -> Document:
    rows = [
        [year, name, c.randrange(120, 4200), c.randrange(40, 900), c.amount(4, 9)]
        for year in range(2018, 2026)
        for name in ("Bourg-en-Bresse", "Viriat", "Péronnas", "Niort")
    ]
    header = ["Année", "Commune", "Demandes actives", "Attributions", "Tension"]
    return Table(header, rows)


@file("professionnels_sante_annuaire.csv")
def health_professionals(c: Chance) -> Document:
    jobs = "Médecin généraliste|Infirmier|Masseur-kinésithérapeute|Chirurgien-dentiste|Sage-femme|Orthophoniste"
    rows = [
        [
            p.last.upper(),
            p.first,
            c.some(jobs),
            f"Cabinet médical, {p.street}",
            p.postcode,
            p.town,
            c.switchboard(),
            c.some("secteur 1|secteur 2|conventionné"),
        ]
        for p in c.people(95, 1955, 1995)
    ]
    header = [
        "Nom",
        "Prénom",
        "Profession",
        "Adresse du cabinet",
        "Code postal",
        "Commune",
        "Tél. cabinet",
        "Convention",
    ]
    return Table(header, rows)


@file("vaccination_rdv_export.csv")
def vaccination(c: Chance) -> Document:
    rows = [
        [
            f"{c.fr(2025, 2025)} {c.randrange(9, 18):02d}:30",
            f"{p.first} {p.last.upper()}",
            f"{p.born:%d.%m.%Y}",
            c.some("Grippe|ROR|DTP|HPV|Covid-19"),
            c.some("1|2|rappel"),
        ]
        for p in c.people(160, 1938, 2020)
    ]
    return Table(["RDV", "Patient", "né(e) le", "Vaccin", "Dose"], rows, encoding="utf-8-sig")


@file("defibrillateurs.geojson")
def defibrillators(c: Chance) -> Document:
    places = "Mairie|Gymnase Alain Mimoun|Salle Jean Moulin|Stade Marcel Verchère|École Simone Veil|Médiathèque"
    return Features(
        [
            (
                c.point(),
                {
                    "nom": c.some(places),
                    "acc": c.some("intérieur|extérieur"),
                    "disp_j": "7j/7",
                    "etat": "fonctionnel",
                    "tel1": f"+33 {c.switchboard()[1:]}",
                    "mail": "secretariat@mairie-exemple.fr",
                    "dermnt": "2025-03-11",
                    "fab_siren": c.siret()[:9],
                    "ref": f"DAE-{n:03d}",
                },
            )
            for n in range(48)
        ]
    )


@file("aide_domicile_beneficiaires.json")
def home_help(c: Chance) -> Document:
    return Records(
        [
            {
                "ref": f"APA{n:05d}",
                "beneficiaire": {
                    "etat_civil": {"nom_naissance": p.last, "prenom": p.first, "ddn": p.born.isoformat()},
                    "domicile": {"adresse": p.street, "cp": p.postcode, "commune": p.town},
                    "contact": {"fixe": dotted(p.phone, ".")},
                },
                "plan": {"gir": c.randrange(1, 6), "heures": c.randrange(4, 40)},
            }
            for n, p in enumerate(c.people(75, 1928, 1945))
        ]
    )


@file("insertion_suivi_observations.csv")
def follow_up(c: Chance) -> Document:
    notes = [
        "Formation CACES en cours",
        "Recherche d'emploi dans le bâtiment",
        "Sevrage alcoolique entamé en mai, suivi au CSAPA",
        "RQTH obtenue pour une sclérose en plaques",
        "En attente d'un logement, hébergée chez sa sœur",
        "Grossesse difficile, arrêt jusqu'en octobre",
        "Sous traitement antidépresseur, rdv psychiatre le 12",
        "Permis B obtenu",
    ]
    rows = [[f"P{n:04d}", c.some("PLIE|Mission locale|CD01"), c.fr(), c.choice(notes)] for n in range(140)]
    return Table(["code", "référent", "entrée", "observations"], rows)


@file("offres_emploi_agglo.csv")
def job_offers(c: Chance) -> Document:
    jobs = "Agent d'entretien|Technicien SIG|Responsable de la commande publique|Éducateur de jeunes enfants|Ripeur"
    rows = [
        [
            f"O001{c.digits(12)}",
            c.some(jobs),
            c.some("A|B|C"),
            c.some("Direction des ressources humaines|Service déchets"),
            c.fr(2025, 2026),
            "recrutement@agglo-exemple.fr",
            "04 65 71 20 00",
        ]
        for _ in range(30)
    ]
    return Table(
        ["N° offre", "Intitulé", "Catégorie", "Service", "Date limite", "Candidatures", "Renseignements"], rows
    )


@file("candidatures_recues.xlsx")
def applicants(c: Chance) -> Document:
    rows = [
        [
            p.full,
            f"{p.born:%d/%m/%Y}",
            p.mobile,
            p.email,
            c.some("Bac|BTS|Master|CAP"),
            c.some("retenu|non retenu|entretien"),
        ]
        for p in c.people(37, 1966, 2003)
    ]
    header = ["Candidat", "Date de naissance", "GSM", "Adresse mail", "Diplôme", "Avis"]
    return Book({"Candidatures": Sheet(header, rows, title=[["Poste : adjoint administratif"], [""]])})


@file("demandeurs_emploi_communes.csv")
def job_seekers(c: Chance) -> Document:
    rows = [
        [c.town()[2], f"{year}-T{term}", c.randrange(60, 5200), c.randrange(35, 2400)]
        for year in range(2020, 2026)
        for term in range(1, 5)
        for _ in range(2)
    ]
    header = ["code_insee", "trimestre", "demandeurs_abc", "dont_femmes"]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("pharmacies_de_garde.csv")
def chemists(c: Chance) -> Document:
    names = "Pharmacie Martin|Pharmacie de Brou|Pharmacie Lambert-Roche|Pharmacie du Marché|Grande Pharmacie Blanc"
    rows = [
        [c.fr(2026, 2026), c.some(names), f"{c.randrange(1, 60)} avenue Jean Jaurès", c.town()[0], c.switchboard()]
        for _ in range(60)
    ]
    return Table(["Date de garde", "Officine", "Adresse", "Commune", "Téléphone"], rows)


@file("absences_agents_2024.csv")
def absences(c: Chance) -> Document:
    rows = [
        [
            f"{c.digits(5)}",
            c.some("DGS|Voirie|Écoles|Médiathèque|Piscine"),
            c.some("F|H"),
            c.randrange(22, 66),
            c.some("Maladie ordinaire|Longue maladie|Accident de service|Maternité|Grève"),
            c.randrange(1, 200),
        ]
        for _ in range(190)
    ]
    return Table(["Matricule", "Service", "Sexe", "Âge", "Motif d'absence", "Jours"], rows)


@file("statistiques_ccas_2024.xlsx")
def hidden_sheet(c: Chance) -> Document:
    figures = [
        [kind, c.randrange(20, 900), c.amount(2000, 90000)] for kind in ("Secours", "Énergie", "Alimentaire", "Loisirs")
    ]
    rows = [[p.upper, p.nir, p.street, p.iban] for p in c.people(40)]
    return Book(
        {
            "Synthèse": Sheet(["Aide", "Bénéficiaires", "Montant"], figures),
            "Feuil2": Sheet(["Usager", "NIR", "Adresse", "RIB"], rows, hidden=True),
        }
    )


@file("residences_autonomie.csv")
def homes_for_the_old(c: Chance) -> Document:
    names = "Résidence Pierre Goujon|Les Tilleuls|Résidence Émile Pélicand|La Rose des Vents|Foyer Camille Claudel"
    rows = [
        [name, c.siret(), f"01{c.digits(7)}", c.randrange(20, 90), c.switchboard(), f"accueil@{plain(name)}.fr"]
        for name in names.split("|")
    ]
    return Table(["Établissement", "SIRET", "FINESS", "Places", "Téléphone", "Courriel"], rows)


@file("maison_sante_medecins_traitants.csv")
def patients(c: Chance) -> Document:
    rows = [
        [f"Dr {c.people(1)[0].last}", p.upper, p.nir[:13], p.nir[13:], c.some("ALD 30|ALD 31|non")]
        for p in c.people(66)
    ]
    return Table(["Médecin traitant", "Assuré", "NIR", "clé", "ALD"], rows)
