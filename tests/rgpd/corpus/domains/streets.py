"""Streets, parking, lights, trees, reports of citizens."""

from __future__ import annotations

from tests.rgpd.corpus.domains.urban import STREETS
from tests.rgpd.corpus.people import Chance, dotted
from tests.rgpd.corpus.registry import Document, Features, Records, Table, file


@file("voies_denominations.csv")
def street_names(c: Chance) -> Document:
    rows = [
        [
            f"{c.digits(4)}{c.choice('ABC')}",
            c.some(STREETS),
            c.some("Pierre Curie, physicien (1859-1906)|Rose Bertin, modiste|Edgar Quinet"),
            c.fr(1950, 2024),
        ]
        for _ in range(160)
    ]
    return Table(["FANTOIR", "Nom de la voie", "Origine du nom", "Délibération du"], rows)


@file("mobilier_urbain.zip")
def street_furniture(c: Chance) -> Document:
    return Features(
        [
            (
                c.point(),
                {"TYPE": c.some("banc|corbeille|borne"), "MODELE": c.some("Pierre|Rivoli|Camille"), "POSE": "2021"},
            )
            for _ in range(140)
        ]
    )


@file("eclairage_public.csv")
def lights(c: Chance) -> Document:
    rows = [
        [c.digits(15), f"EP-{c.digits(4)}", c.some(STREETS), c.some("LED|SHP"), c.randrange(20, 150), *c.point()]
        for _ in range(420)
    ]
    return Table(["id_luminaire", "armoire", "voie", "lampe", "watts", "x", "y"], rows, encoding="utf-8")


@file("arbres_remarquables.csv")
def trees(c: Chance) -> Document:
    rows = [
        [
            n,
            c.some("Rosier 'Pierre de Ronsard'|Tilleul|Prunus 'Martin'|Rose trémière|Cèdre"),
            c.some("Parc Louis Parant|Square Rose Bertin"),
            c.randrange(1880, 2010),
            c.randrange(4, 31),
        ]
        for n in range(140)
    ]
    return Table(["id", "espèce", "lieu", "année plantation", "hauteur"], rows)


@file("signalements_voirie.json")
def reports(c: Chance) -> Document:
    notes = [
        "Nid de poule devant le n° 12",
        "Lampadaire éteint depuis lundi",
        "Haie qui déborde chez mon voisin, rappelez-moi au {0} / dom.",
        "Trottoir impraticable pour ma mère handicapée, merci de répondre à {1}",
        "Dépôt sauvage",
    ]
    return Records(
        {
            "signalements": [
                {
                    "id": n,
                    "creation": f"{c.day(2025, 2025)}",
                    "message": c.choice(notes).format(dotted(p.mobile, "."), p.email),
                    "declarant": {"nom": c.choice((p.full, "anonyme"))},
                    "lieu": {"lat": p.lat, "lon": p.lon},
                }
                for n, p in enumerate(c.people(130))
            ]
        }
    )


@file("signalements_par_mois.csv")
def reports_by_month(c: Chance) -> Document:
    rows = [
        [f"2025-{month:02d}", kind, c.randrange(12, 300), c.randrange(1, 20)]
        for month in range(1, 13)
        for kind in ("Voirie", "Propreté")
    ]
    return Table(["mois", "type", "nb_signalements", "delai_moyen_jours"], rows, delimiter=",", encoding="utf-8")


@file("stationnement_fps.csv")
def parking_fines(c: Chance) -> Document:
    rows = [
        [
            f"2125{c.digits(10)}",
            f"{c.fr(2025, 2025)} {c.randrange(8, 19):02d}:{c.randrange(60):02d}",
            c.plate(),
            c.some(STREETS),
            25,
        ]
        for _ in range(500)
    ]
    return Table(["N° FPS", "Constat", "Immat.", "Rue", "Montant"], rows)


@file("parkings_relais.csv")
def car_parks(c: Chance) -> Document:
    rows = [
        [
            f"01053-P-{n:03d}",
            c.some("Parking Pierre Bérégovoy|Champ de Foire|Gare"),
            c.siret(),
            c.randrange(40, 700),
            "04 65 71 20 20",
        ]
        for n in range(18)
    ]
    return Table(["id", "nom", "siret_gestionnaire", "nb_places", "info_tel"], rows, delimiter=",", encoding="utf-8")


@file("abonnes_parking_gare.txt")
def parking_customers(c: Chance) -> Document:
    return Table(
        None,
        [[p.upper, c.plate().replace("-", ""), c.some("mensuel|annuel"), p.mobile] for p in c.people(150)],
        encoding="utf-8",
    )


@file("autorisations_terrasses.csv")
def terraces(c: Chance) -> Document:
    rows = [
        [
            c.some("Café de la Gare|SARL CHEZ MARTIN|Brasserie du Français|Au Petit Pierre"),
            c.siret(),
            c.some(STREETS),
            c.randrange(4, 60),
            c.fr(),
        ]
        for _ in range(70)
    ]
    return Table(["Établissement", "SIRET", "Voie", "Surface m²", "Arrêté du"], rows)


@file("peril_immeubles_suivi.csv")
def unsafe_buildings(c: Chance) -> Document:
    rows = [
        [
            c.fr(),
            f"{c.randrange(1, 90)} {c.some(STREETS)}",
            f"{p.title} {p.last.upper()}",
            p.phone,
            c.some("en cours|levé"),
        ]
        for p in c.people(40, 1930, 1980)
    ]
    return Table(["date_ap", "immeuble", "prop.", "tel_prop", "etat"], rows)
