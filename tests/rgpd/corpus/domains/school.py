"""Schools, canteens, school transport."""

from __future__ import annotations

from tests.rgpd.corpus.people import Chance, dotted
from tests.rgpd.corpus.registry import Book, Document, Records, Sheet, Table, file

SCHOOLS = (
    "École Jules-Ferry|École Simone Veil|École Robert Schuman|École Charles Jarrin|École Rose Valland|École du Peloux"
)
CLASSES = "PS|MS|GS|CP|CE1|CE2|CM1|CM2"


@file("cantine_inscrits_2025.csv")
def canteen(c: Chance) -> Document:
    diets = "|||||sans porc|allergie arachide (PAI)|intolérance lactose|diabète type 1|végétarien"
    rows = [
        [p.last.upper(), p.first, c.some(CLASSES), c.some(diets), dotted(p.mobile), p.email]
        for p in c.people(84, 2014, 2021)
    ]
    header = ["NOM ENFANT", "PRENOM", "Classe", "Régime / allergies", "Tél. resp. légal", "Mel"]
    title = [["Restaurant scolaire - liste des inscrits 2025/2026", *[""] * 5], [""] * 6]
    return Table(header, rows, title=title)


@file("etude_surveillee.xlsx")
def evening_study(c: Chance) -> Document:
    rows = [
        [p.upper, c.some(CLASSES), c.randrange(250, 2100), c.some("L-J|L-M-J-V|M")] for p in c.people(46, 2014, 2020)
    ]
    return Book({"Etude": Sheet(["Élève", "Niveau", "QF", "Jours"], rows)})


@file("transport_scolaire_ayants_droit.tsv")
def school_bus(c: Chance) -> Document:
    rows = [
        [n, p.last, p.first, f"{p.born:%d/%m/%Y}", p.street, p.postcode, p.town, c.some("Mairie|Église|Les Vennes")]
        for n, p in enumerate(c.people(210, 2007, 2014), 1)
    ]
    header = ["id", "nom_usg", "pren", "ddn", "adr1", "cp", "ville", "arret"]
    return Table(header, rows, delimiter="\t", encoding="utf-8", end="\n")


@file("effectifs_ecoles_rentree_2025.csv")
def pupils_by_school(c: Chance) -> Document:
    rows = [
        [
            f"001{c.digits(4)}{c.choice('ABCDEFGH')}",
            c.some(SCHOOLS),
            *c.town()[::2],
            c.randrange(3, 14),
            c.randrange(60, 320),
            c.switchboard(),
            f"ce.001{c.digits(4)}a@ac-lyon.fr",
        ]
        for _ in range(38)
    ]
    header = ["UAI", "Établissement", "Commune", "Code INSEE", "Nb classes", "Effectif", "Téléphone", "Mél"]
    return Table(header, rows, encoding="utf-8-sig")


@file("menus_cantines_2025-11.csv")
def menus(c: Chance) -> Document:
    dishes = (
        "Sauté de dinde|Lasagnes végétariennes|Colin meunière|Couscous|Omelette|Hachis parmentier|Pierre de lave au "
        "chocolat|Tarte Bourdaloue|Salade piémontaise|Clafoutis"
    )
    allergens = "gluten, lait|œufs|poisson|lait|fruits à coque|sans allergène|arachide, soja"
    rows = [[f"{day:02d}/11/2025", *c.some(dishes, 3), c.some(allergens)] for day in range(3, 29)]
    return Table(["Date", "Entrée", "Plat", "Dessert", "Allergènes"], rows)


@file("carte_scolaire_secteurs.json")
def school_areas(c: Chance) -> Document:
    streets = (
        "Rue Pierre Curie|Avenue Jean Jaurès|Rue du Docteur Ebrard|Rue Martin Luther King|Place des Roses|"
        "Chemin de la Pierre|Rue Camille Claudel"
    )
    return Records(
        [
            {
                "voie": c.some(streets),
                "numeros": {"de": 1, "a": c.randrange(20, 90), "cote": c.some("pair|impair")},
                "secteur": {"maternelle": c.some(SCHOOLS), "elementaire": c.some(SCHOOLS)},
            }
            for _ in range(60)
        ]
    )


@file("conseils_ecole_parents_elus.xlsx")
def parents(c: Chance) -> Document:
    rows = [
        [c.some(SCHOOLS), p.full, c.some("titulaire|suppléant"), p.email, p.phone] for p in c.people(52, 1972, 1994)
    ]
    header = ["École", "Parent élu", "Qualité", "contact", "tel_dom"]
    return Book({"2025-2026": Sheet(header, rows, hidden_columns=(3, 4))})


@file("derogations_scolaires_motifs.csv")
def exemptions(c: Chance) -> Document:
    why = [
        "Rapprochement de fratrie",
        "Assistante maternelle sur le secteur demandé",
        "Lieu de travail des parents",
        "La mère est hospitalisée depuis mars pour une dépression, les grands-parents gardent l'enfant",
        "Enfant épileptique, école proche du cabinet du neurologue",
        "Déménagement prévu en cours d'année",
        "Père en longue maladie, ne peut plus conduire",
    ]
    rows = [
        [f"DER-25-{n:03d}", c.some(CLASSES), c.some(SCHOOLS), c.some(SCHOOLS), c.choice(why), c.some("A|R")]
        for n in range(1, 71)
    ]
    return Table(["N° dossier", "Niveau", "École de secteur", "École demandée", "Motif", "Décision"], rows)


@file("ulis_orientation_2025.ods")
def disabled_pupils(c: Chance) -> Document:
    troubles = "TSA|troubles dys|déficience visuelle|handicap moteur|TDAH"
    rows = [
        [
            f"{p.first[0]}. {p.last[0]}.",
            f"{p.born:%d/%m/%Y}",
            c.some(SCHOOLS),
            c.some(troubles),
            c.some("AESH-i|AESH-m|ULIS"),
        ]
        for p in c.people(31, 2013, 2019)
    ]
    return Book({"Notifications MDPH": Sheet(["Élève", "Né(e) le", "École", "Trouble", "Notification"], rows)})


@file("calendrier_scolaire.csv")
def calendar(c: Chance) -> Document:
    names = "Toussaint|Noël|Hiver|Printemps|Été"
    rows = [[name, zone, c.fr(2025, 2026), c.fr(2026, 2027)] for name in names.split("|") for zone in "ABC"]
    return Table(["Vacances", "Zone", "Début", "Fin"], rows, delimiter=",", encoding="utf-8")


@file("annuaire_ecoles_directions.csv")
def school_heads(c: Chance) -> Document:
    rows = [
        [
            c.some(SCHOOLS),
            p.town,
            p.title,
            p.last.upper(),
            p.first,
            c.some("Directeur d'école|Directrice d'école"),
            c.switchboard(),
            f"ecole{n}@ville-exemple.fr",
        ]
        for n, p in enumerate(c.people(33, 1962, 1995))
    ]
    header = ["École", "Commune", "Civilité", "Nom", "Prénom", "Fonction", "Tél. école", "Courriel école"]
    return Table(header, rows)


@file("centre_loisirs_inscriptions.json")
def holiday_centre(c: Chance) -> Document:
    return Records(
        {
            "centre": "Accueil de loisirs Les Vennes",
            "inscriptions": [
                {
                    "dossier": n,
                    "enfant": {"nom": p.last, "prenom": p.first, "naissance": p.born.isoformat()},
                    "responsables": [
                        {"identite": p.title + " " + p.last.upper(), "gsm": p.mobile, "courriel": p.email}
                    ],
                    "sanitaire": {
                        "pai": c.choice((True, False, False)),
                        "traitement": c.some("||Ventoline|Kepra|insuline"),
                    },
                }
                for n, p in enumerate(c.people(64, 2013, 2021), 1)
            ],
        }
    )


@file("assistantes_maternelles_stats.csv")
def child_minders(c: Chance) -> Document:
    rows = [
        [c.town()[0], year, c.randrange(14, 90), c.randrange(40, 260)] for year in range(2016, 2026) for _ in range(5)
    ]
    return Table(["Commune", "Année", "Assistantes maternelles agréées", "Places"], rows)
