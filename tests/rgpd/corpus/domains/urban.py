"""Town planning, land, water, waste, streets, parking."""

from __future__ import annotations

from tests.rgpd.corpus.people import Chance, dotted
from tests.rgpd.corpus.registry import Book, Document, Features, Records, Sheet, Table, file

STREETS = (
    "Rue du Docteur Ebrard|Allée Rose Bertin|Rue Pierre Curie|Place Edgar Quinet|Rue Martin Luther King|"
    "Rue des Blancs-Murs|Impasse Gérard Philipe"
)


@file("permis_construire_demandeurs.csv")
def permits(c: Chance) -> Document:
    rows = [
        [
            f"PC001053{c.randrange(22, 26)}B{c.digits(4)}",
            c.fr(),
            p.upper,
            p.address,
            p.mobile,
            p.email,
            c.some("Maison|Extension|Garage"),
        ]
        for p in c.people(120, 1945, 1998)
    ]
    return Table(["num_dau", "date_depot", "nom_dem", "adr_dem", "tel_dem", "mel_dem", "nature"], rows)


@file("permis_construire_par_commune.csv")
def permits_by_town(c: Chance) -> Document:
    rows = [
        [c.town()[2], year, c.randrange(12, 300), c.randrange(15, 700), c.randrange(1000, 90000)]
        for year in range(2015, 2026)
        for _ in range(4)
    ]
    return Table(
        ["code_insee", "annee", "nb_permis", "nb_logements", "surface_m2"], rows, delimiter=",", encoding="utf-8"
    )


@file("dia_2025.xlsx")
def sales(c: Chance) -> Document:
    rows = [
        [
            c.fr(2025, 2025),
            f"{c.choice('ABC')}{c.choice('EKTV')} {c.randrange(1, 600)}",
            p.upper,
            q.upper,
            c.randrange(60, 600) * 1000,
        ]
        for p, q in zip(c.people(66), c.people(66), strict=True)
    ]
    return Book(
        {
            "DIA": Sheet(
                ["Reçue le", "Parcelle", "Vendeur", "Acquéreur", "Prix"],
                rows,
                title=[["Déclarations d'intention d'aliéner"]],
            )
        }
    )


@file("permis_amenager_promoteurs.csv")
def developers(c: Chance) -> Document:
    rows = [
        [
            f"PA001{c.digits(10)}",
            c.some("SCCV LES TERRASSES|LOGIDIA|DYNACITE|BOUYGUES IMMOBILIER|SAS FONCIERE ROCHE"),
            c.siret(),
            c.some(STREETS),
            c.randrange(4, 90),
        ]
        for _ in range(45)
    ]
    return Table(["num_dossier", "demandeur_pm", "siret_dem", "adr_terrain", "nb_lots"], rows)


@file("base_adresse_locale.csv")
def addresses(c: Chance) -> Document:
    rows = [
        [
            f"01053_{c.digits(4)}_{n:05d}",
            "",
            "01053",
            "Bourg-en-Bresse",
            n,
            "",
            c.some(STREETS),
            *c.point(),
            "entrée",
            "2025-01-12",
        ]
        for n in range(1, 500)
    ]
    header = [
        "cle_interop",
        "uid_adresse",
        "commune_insee",
        "commune_nom",
        "numero",
        "suffixe",
        "voie_nom",
        "long",
        "lat",
        "position",
        "date_der_maj",
    ]
    return Table(header, rows, encoding="utf-8")


@file("eau_releves_compteurs.csv")
def meters(c: Chance) -> Document:
    rows = [
        [f"C{c.digits(9)}", p.upper, p.street, p.town, c.randrange(0, 4000), c.randrange(0, 300), c.fr()]
        for p in c.people(310)
    ]
    return Table(["n_compteur", "abonne", "adr_branchement", "commune", "index", "conso_m3", "date_releve"], rows)


@file("eau_telereleve_branchements.csv")
def smart_meters(c: Chance) -> Document:
    rows = [
        [c.digits(14), f"{p.street}, appt {c.randrange(1, 40)}", p.town, f"2025-09-{day:02d}", c.randrange(0, 900)]
        for p in c.people(30)
        for day in range(1, 15)
    ]
    return Table(["pdl", "adresse_abonne", "commune", "jour", "litres"], rows, delimiter=",", encoding="utf-8")


@file("eau_qualite_analyses.csv")
def water_quality(c: Chance) -> Document:
    rows = [
        [
            f"0010{c.digits(10)}",
            f"{c.randrange(1, 9)}{c.digits(14)}",
            c.fr(),
            c.some("Nitrates|pH|Escherichia coli|Plomb"),
            c.amount(0, 50),
            "conforme",
        ]
        for _ in range(260)
    ]
    return Table(["referenceprel", "code_echantillon", "date_prelevement", "parametre", "resultat", "conclusion"], rows)


@file("poteaux_incendie.geojson")
def hydrants(c: Chance) -> Document:
    return Features(
        [
            (
                c.point(),
                {
                    "numero": f"01053-{n:03d}",
                    "type": c.some("PI|BI"),
                    "diam": 100,
                    "debit": c.randrange(30, 120),
                    "adresse": f"{c.randrange(1, 80)} {c.some(STREETS)}",
                    "gest": "SDIS 01",
                    "ctrl": "2025-05-02",
                },
            )
            for n in range(130)
        ]
    )


@file("composteurs_foyers.geojson")
def home_bins(c: Chance) -> Document:
    return Features(
        [
            (
                (p.lon, p.lat),
                {"foyer": f"Famille {p.last}", "adr": p.street, "litres": c.choice((300, 400)), "livre": "2024-04-02"},
            )
            for p in c.people(85)
        ]
    )


@file("composteurs_partages.geojson")
def shared_bins(c: Chance) -> Document:
    return Features(
        [
            (
                c.point(),
                {
                    "site": c.some("Place Edgar Quinet|Parc de l'Hippodrome|Square Rose Bertin"),
                    "structure": c.some("Les Amis du compost|Ville"),
                    "mise_en_service": "2023-06-01",
                    "bacs": c.randrange(1, 5),
                },
            )
            for _ in range(26)
        ]
    )


@file("bacs_ordures_usagers.csv")
def bins(c: Chance) -> Document:
    rows = [
        [f"9{c.digits(14)}", c.choice((80, 120, 240)), f"{p.title} {p.last}", p.street, c.randrange(0, 40)]
        for p in c.people(260)
    ]
    return Table(["puce_rfid", "volume", "usager", "adresse_bac", "levees_2024"], rows)


@file("levees_bacs_sans_nom.csv")
def bin_emptyings(c: Chance) -> Document:
    rows = [
        [f"U{c.digits(5)}", p.street, c.randrange(1, 7), c.choice((80, 120, 240)), c.randrange(0, 52)]
        for p in c.people(190)
    ]
    return Table(["id_usager", "adresse_foyer", "nb_pers_foyer", "volume", "nb_levees"], rows)


@file("decheteries.json")
def tips(c: Chance) -> Document:
    return Records(
        [
            {
                "nom": f"Déchèterie de {c.town()[0]}",
                "adresse": {"voie": "ZA du Bois Pierre", "cp": "01440"},
                "tel": c.switchboard(),
                "mel": "dechets@agglo-exemple.fr",
                "horaires": {"lun": "9h-12h", "sam": "9h-18h"},
                "acces": ["particuliers", "pros"],
            }
            for _ in range(11)
        ]
    )


@file("spanc_controles.csv")
def septic(c: Chance) -> Document:
    notes = "RAS|Fosse ancienne, à réhabiliter|Rejet chez le voisin M. {0}|Propriétaire âgée, prévenir sa fille au {1}"
    rows = [
        [
            f"ZA{c.digits(3)}",
            p.upper,
            p.lat,
            p.lon,
            c.some("conforme|non conforme"),
            c.some(notes).format(p.last, dotted(p.phone)),
        ]
        for p in c.people(110)
    ]
    return Table(["parcelle", "propriétaire", "lat", "lon", "avis", "remarque"], rows)


@file("parcelles_communales.geojson")
def town_land(c: Chance) -> Document:
    items = []
    for n in range(40):
        x, y = c.point()
        ring = [[[x, y], [x + 0.001, y], [x + 0.001, y + 0.001], [x, y]]]
        items.append(
            (
                ring,
                {
                    "section": c.choice("ABC") + "E",
                    "numero": n,
                    "contenance": c.randrange(90, 9000),
                    "proprietaire": c.some("COMMUNE DE VIRIAT|DEPARTEMENT DE L'AIN|GRAND BOURG AGGLOMERATION"),
                },
            )
        )
    return Features(items)


@file("proprietaires_zone_humide.zip")
def land_owners(c: Chance) -> Document:
    return Features(
        [
            ((p.lon, p.lat), {"SECTION": "ZB", "NUM": n, "PROPRIO": p.upper, "ADR_PROP": p.address})
            for n, p in enumerate(c.people(60))
        ]
    )
