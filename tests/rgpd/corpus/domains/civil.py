"""Registry office, elections, cemeteries, elected members."""

from __future__ import annotations

from tests.rgpd.corpus.people import Chance, dotted
from tests.rgpd.corpus.registry import Book, Document, Features, Sheet, Table, file


@file("prenoms_2024.csv")
def first_names(c: Chance) -> Document:
    names = [
        "Jade",
        "Louise",
        "Emma",
        "Rose",
        "Alba",
        "Ambre",
        "Mia",
        "Léo",
        "Gabriel",
        "Raphaël",
        "Maël",
        "Noah",
        "Jules",
        "Nour",
        "Pierre",
        "Martin",
        "Camille",
    ]
    rows = [["Bourg-en-Bresse", "01053", c.some("M|F"), name.upper(), 2024, c.randrange(1, 14)] for name in names]
    header = ["COMMUNE_NOM", "COLL_INSEE", "ENFANT_SEXE", "ENFANT_PRENOM", "ANNEE", "NOMBRE_OCCURRENCES"]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("naissances_registre_2024.csv")
def births(c: Chance) -> Document:
    rows = [
        [f"{p.born:%d/%m/%Y}", p.last.upper(), p.first, c.person(1980, 2000).full, c.person(1980, 2000).full]
        for p in c.people(90, 2024, 2024)
    ]
    return Table(["Date naiss.", "Nom", "Prénoms", "Père", "Mère"], rows)


@file("concessions_cimetiere.csv")
def graves(c: Chance) -> Document:
    rows = [
        [
            f"{c.choice('ABCD')}-{c.randrange(1, 200)}",
            c.some("15 ans|30 ans|50 ans"),
            c.fr(1990, 2024),
            p.upper,
            p.street,
            p.town,
        ]
        for p in c.people(150)
    ]
    return Table(["Emplacement", "Durée", "Date d'achat", "Concessionnaire", "Adresse", "Ville"], rows)


@file("cimetieres_carres.geojson")
def cemetery(c: Chance) -> Document:
    return Features(
        [
            (
                c.point(),
                {
                    "carre": f"{c.choice('ABCD')}{n}",
                    "type": c.some("pleine terre|columbarium|caveau"),
                    "places": c.randrange(10, 60),
                    "maj": "2025-02-01",
                },
            )
            for n in range(40)
        ]
    )


@file("bureaux_de_vote.csv")
def polling_stations(c: Chance) -> Document:
    rooms = "Salle Jean Moulin|École Charles Jarrin|Hôtel de ville|Gymnase Alain Mimoun|Foyer Rose Valland"
    rows = [
        [
            n,
            c.some(rooms),
            f"{c.randrange(1, 99)} rue Pierre Curie",
            "01000",
            "Bourg-en-Bresse",
            *c.point(),
            c.randrange(600, 1100),
        ]
        for n in range(1, 32)
    ]
    header = ["numero", "libelle", "adresse", "code_postal", "commune", "lon", "lat", "electeurs_inscrits"]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("resultats_municipales_2026.csv")
def results(c: Chance) -> Document:
    heads = c.people(5, 1955, 1990)
    rows = [
        [bv, p.title, p.last.upper(), p.first, c.some("LDVG|LDVD|LECO|LUC"), c.randrange(20, 400), c.amount(2, 45)]
        for bv in range(1, 28)
        for p in heads
    ]
    header = ["Bureau", "Civilité", "Nom tête de liste", "Prénom", "Nuance liste", "Voix", "% exprimés"]
    return Table(header, rows)


@file("extrait_listes_electorales.tsv")
def voters(c: Chance) -> Document:
    rows = [
        [p.last.upper(), f"{p.first}, {c.person().first}", f"{p.born:%d/%m/%Y}", c.town()[0].upper(), p.address]
        for p in c.people(240)
    ]
    return Table(None, rows, delimiter="\t")


@file("elus_conseil_communautaire.csv")
def members(c: Chance) -> Document:
    rows = [
        [
            p.title,
            p.last.upper(),
            p.first,
            p.town,
            c.some("Vice-président|Conseillère communautaire|Président"),
            "18/04/2026",
            c.some("Finances|Mobilités|Eau|Culture|Habitat"),
        ]
        for p in c.people(74, 1948, 1998)
    ]
    return Table(["Civilité", "Nom", "Prénom", "Commune", "Mandat", "Début du mandat", "Délégation"], rows)


@file("elus_coordonnees_2026.xlsx")
def members_contacts(c: Chance) -> Document:
    rows = [
        [p.upper, c.some("Maire|Adjoint|Conseiller municipal"), p.street, dotted(p.mobile), p.email]
        for p in c.people(29, 1948, 1998)
    ]
    return Book({"Élus": Sheet(["Élu", "Fonction", "Adresse personnelle", "Portable", "Mail perso"], rows)})


@file("deces_par_mois.csv")
def deaths(c: Chance) -> Document:
    rows = [
        [year, month, c.randrange(40, 160), c.randrange(40, 160)]
        for year in range(2019, 2026)
        for month in range(1, 13)
    ]
    return Table(
        ["annee", "mois", "naissances_enregistrees", "deces_enregistres"], rows, delimiter=",", encoding="utf-8"
    )


@file("publications_mariage.ods")
def weddings(c: Chance) -> Document:
    rows = []
    for _ in range(34):
        one, other = c.people(2, 1975, 2002)
        rows.append(
            [
                c.fr(2025, 2025),
                one.upper,
                c.some("infirmière|maçon|enseignant"),
                one.address,
                other.upper,
                other.address,
            ]
        )
    header = ["Date", "Époux 1", "Profession", "Domicile 1", "Époux 2", "Domicile 2"]
    return Book({"Bans": Sheet(header, rows)})


@file("procurations_scrutin.csv")
def proxies(c: Chance) -> Document:
    rows = [
        [n, p.upper, f"{p.born:%d/%m/%Y}", q.upper, c.randrange(1, 31)]
        for n, (p, q) in enumerate(zip(c.people(88), c.people(88), strict=True), 1)
    ]
    return Table(["n°", "Mandant", "Naissance mandant", "Mandataire", "Bureau"], rows)


@file("assesseurs_bureaux_vote.csv")
def assessors(c: Chance) -> Document:
    rows = [
        [n, f"{p.title} {p.full}", f"{dotted(p.mobile, '.')} / dom. {dotted(p.phone, '.')}"]
        for n in range(1, 25)
        for p in c.people(3, 1945, 2002)
    ]
    return Table(["Bureau", "Assesseur", "Joindre au"], rows)


@file("indemnites_elus_2025.csv")
def allowances(c: Chance) -> Document:
    rows = [
        [
            p.last.upper(),
            p.first,
            c.some("Maire|Adjointe au maire|Conseiller délégué"),
            c.amount(240, 4200),
            c.amount(0, 400),
        ]
        for p in c.people(39, 1948, 1998)
    ]
    header = ["Nom de l'élu", "Prénom de l'élu", "Mandat", "Indemnité brute mensuelle", "Frais remboursés"]
    return Table(header, rows)


@file("passeports_cni_rendez-vous.csv")
def passports(c: Chance) -> Document:
    rows = [
        [
            f"{c.fr(2025, 2025)} 10:{c.randrange(10, 59)}",
            p.last,
            p.first,
            c.some("CNI|PASS"),
            f"{c.digits(2)}{c.choice('AFKX')}{c.choice('CDGH')}{c.digits(5)}",
            f"06{p.mobile[2:]}",
        ]
        for p in c.people(120)
    ]
    return Table(["Créneau", "nom_usage", "prenoms", "Titre", "N° ancien titre", "Tél."], rows)


@file("medailles_travail_promotion.csv")
def medals(c: Chance) -> Document:
    rows = [
        [
            p.title,
            p.upper,
            f"{p.born:%d/%m/%Y}",
            p.town,
            c.some("Argent|Vermeil|Or|Grand or"),
            c.some("SA Renault Trucks|Ville|SNCF"),
        ]
        for p in c.people(55, 1958, 1985)
    ]
    return Table(["", "Récipiendaire", "Date naissance", "Commune", "Échelon", "Employeur"], rows)


@file("population_municipale.csv")
def population(c: Chance) -> Document:
    rows = [[f"01{n:03d}", f"Commune {n}", c.randrange(180, 42000), c.randrange(5, 900)] for n in range(1, 75)]
    return Table(
        ["code_commune", "nom_commune", "pop_municipale", "pop_comptee_a_part"], rows, delimiter=",", encoding="utf-8"
    )


@file("recensement_detail_croise.csv")
def census_cells(c: Chance) -> Document:
    jobs = "Agriculteurs|Artisans|Cadres|Ouvriers|Retraités|Sans activité"
    rows = [
        [
            f"01{c.randrange(1, 450):03d}",
            c.some("0-14|15-29|30-44|45-59|60-74|75+"),
            c.some("H|F"),
            c.some(jobs),
            c.some("Français|Étranger|Français par acquisition"),
            c.choice((1, 1, 1, 2, 2, 3, 5, 9)),
        ]
        for _ in range(520)
    ]
    header = ["COM", "AGE6", "SEXE", "CSP", "NATIONALITE", "EFFECTIF"]
    return Table(header, rows)
