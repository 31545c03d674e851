"""Computing, transport, environment, fire service."""

from __future__ import annotations

from tests.rgpd.corpus.people import Chance, dotted
from tests.rgpd.corpus.registry import Book, Document, Features, Records, Sheet, Table, file


def _ip(c: Chance) -> str:
    return f"{c.choice((81, 86, 90, 92, 176))}.{c.randrange(1, 255)}.{c.randrange(256)}.{c.randrange(1, 255)}"


@file("wifi_public_connexions.csv")
def wifi_log(c: Chance) -> Document:
    rows = [
        [
            f"2025-10-{c.randrange(1, 31):02d}T{c.randrange(24):02d}:{c.randrange(60):02d}:00",
            c.some("Gare|Mairie|Brou"),
            _ip(c),
            c.randrange(1, 900),
        ]
        for _ in range(3200)
    ]
    return Table(["horodatage", "borne", "adresse_client", "mo"], rows, delimiter=",", encoding="utf-8", end="\n")


@file("wifi_bornes.geojson")
def hotspots(c: Chance) -> Document:
    return Features(
        [
            (
                c.point(),
                {
                    "ssid": "WIFI4EU",
                    "lieu": c.some("Place Edgar Quinet|Médiathèque Albert Camus"),
                    "service": "Direction du numérique",
                    "assistance": "support@agglo-exemple.fr",
                },
            )
            for _ in range(31)
        ]
    )


@file("logiciels_versions.csv")
def software(c: Chance) -> Document:
    rows = [
        [
            c.some("Berger-Levrault eGRC|QGIS|PostgreSQL|LibreOffice"),
            f"{c.randrange(1, 25)}.{c.randrange(9)}.{c.randrange(9)}.{c.randrange(999)}",
            c.fr(),
            c.some("éditeur|libre"),
        ]
        for _ in range(60)
    ]
    return Table(["Logiciel", "Version", "Installé le", "Type"], rows)


@file("site_web_formulaires.csv")
def forms(c: Chance) -> Document:
    texts = [
        "Bonjour, quels sont les horaires de la piscine ?",
        "Mon mari est sous oxygène, le livreur ne trouve pas la maison",
        "Merci de me rappeler, {0}",
        "Je suis {1}, j'habite {2}",
    ]
    rows = [
        [n, p.email, _ip(c), c.choice(texts).format(dotted(p.mobile), p.full, p.address)]
        for n, p in enumerate(c.people(150))
    ]
    return Table(["id", "reply_to", "remote_addr", "message"], rows, delimiter=",", encoding="utf-8")


@file("meteo_station.csv")
def weather(c: Chance) -> Document:
    rows = [
        [f"202509{day:02d}{hour:02d}", "01072001", c.amount(2, 30), c.randrange(20, 100), c.amount(980, 1030)]
        for day in range(1, 30)
        for hour in range(24)
    ]
    return Table(["AAAAMMJJHH", "NUM_POSTE", "T", "U", "PMER"], rows)


@file("qualite_air_mesures.csv")
def air(c: Chance) -> Document:
    rows = [
        [f"FR{c.digits(5)}", c.some("NO2|PM10|O3"), f"2025-10-{day:02d} {hour:02d}:00", c.amount(2, 90), "µg-m3"]
        for day in range(1, 20)
        for hour in range(12)
    ]
    return Table(["code site", "Polluant", "Date de début", "valeur", "unité"], rows, encoding="utf-8")


@file("stops.txt")
def bus_stops(c: Chance) -> Document:
    rows = [
        [f"S{n}", c.some("Pierre Curie|Gare|Rose Valland|Carré Martin|Hôpital Fleyriat"), *reversed(c.point()), 0, ""]
        for n in range(260)
    ]
    return Table(
        ["stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station"],
        rows,
        delimiter=",",
        encoding="utf-8",
    )


@file("capteurs_lora.csv")
def sensors(c: Chance) -> Document:
    rows = [
        [
            f"{c.getrandbits(64):016X}",
            f"35{c.digits(13)}",
            f"89330{c.digits(14)}",
            c.some("niveau|CO2|température"),
            c.fr(),
        ]
        for _ in range(170)
    ]
    return Table(["DevEUI", "IMEI", "ICCID", "mesure", "pose"], rows)


@file("newsletter_abonnes.txt")
def newsletter(c: Chance) -> Document:
    return Table(None, [[p.email] for p in c.people(380)], encoding="utf-8", end="\n")


@file("velo_libre_service_trajets.csv")
def trips(c: Chance) -> Document:
    riders = [(f"u{c.getrandbits(32):08x}", p) for p in c.people(70, 1955, 2007)]
    rows = []
    for _ in range(600):
        rider, p = c.choice(riders)
        rows.append(
            [
                rider,
                p.born.year,
                p.sex,
                p.lat,
                p.lon,
                f"2025-09-{c.randrange(1, 30):02d} 0{c.randrange(6, 9)}:{c.randrange(10, 59)}",
                c.some("Gare|Carré d'Eau"),
            ]
        )
    header = ["user_id", "birth_year", "genre", "lat_domicile", "lon_domicile", "depart", "arrivee"]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("velo_stations.json")
def bike_stations(c: Chance) -> Document:
    return Records(
        {
            "last_updated": 1761900000,
            "data": {
                "stations": [
                    {
                        "station_id": f"{n}",
                        "name": c.some("Gare|Pierre Curie|Place Edgar Quinet"),
                        "lat": c.point()[1],
                        "lon": c.point()[0],
                        "capacity": c.randrange(8, 30),
                        "rental_uris": {"web": "https://velo.exemple.fr"},
                    }
                    for n in range(24)
                ]
            },
        }
    )


@file("support_tickets_2025.csv")
def tickets(c: Chance) -> Document:
    texts = "Imprimante en panne|Mot de passe oublié|Écran noir|Accès à la paie|Commande 250117934512345 non livrée"
    rows = [
        [n, c.fr(2025, 2025), c.some("Matériel|Logiciel"), c.some(texts), c.some("clos|ouvert")] for n in range(4000)
    ]
    rows[3127][3] = f"Bulletin refusé, numéro {c.person().nir} inconnu du portail"
    return Table(["ticket", "date", "type", "description", "état"], rows)


@file("sdis_interventions_2024.csv")
def rescues(c: Chance) -> Document:
    kinds = "Malaise cardiaque|Tentative de suicide|Chute personne âgée|AVP|Feu d'habitation"
    rows = [
        [
            f"{c.fr(2024, 2024)} {c.randrange(24):02d}:{c.randrange(60):02d}",
            c.some(kinds),
            f"{p.street}, {p.town}",
            p.sex,
            c.randrange(4, 96),
            c.some("UA|UR|laissé sur place|DCD"),
        ]
        for p in c.people(260)
    ]
    return Table(["Départ", "Nature", "Adresse", "Sexe victime", "Âge victime", "Bilan"], rows)


@file("sdis_interventions_par_commune.csv")
def rescues_by_town(c: Chance) -> Document:
    rows = [
        [f"01{n:03d}", year, c.randrange(24, 900), c.randrange(11, 120), c.randrange(11, 90)]
        for year in range(2021, 2026)
        for n in range(1, 30)
    ]
    header = ["insee", "annee", "secours_a_personne", "incendies", "accidents_circulation"]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("casernes_sdis.geojson")
def fire_stations(c: Chance) -> Document:
    return Features(
        [
            (
                c.point(),
                {
                    "nom": f"CIS {c.town()[0]}",
                    "type": c.some("CSP|CS|CPI"),
                    "tel": c.switchboard(),
                    "mel": "contact@sdis-exemple.fr",
                },
            )
            for _ in range(30)
        ]
    )


@file("sapeurs_volontaires.xlsx")
def firefighters(c: Chance) -> Document:
    rows = [
        [
            f"{c.digits(6)}",
            p.upper,
            c.some("A+|O+|B-|AB+"),
            c.some("apte|inapte temporaire"),
            f"{p.born:%d/%m/%Y}",
            p.mobile,
        ]
        for p in c.people(57, 1965, 2006)
    ]
    return Book({"SPV": Sheet(["Mle", "Nom Prénom", "Gr. sanguin", "Aptitude médicale", "DDN", "Portable"], rows)})


@file("abonnes_transport_2025.json")
def subscribers(c: Chance) -> Document:
    return Records(
        {
            "abonnes": [
                {
                    "carte": f"25{c.digits(12)}",
                    "titulaire": {"identite": p.full, "naissance": f"{p.born:%d/%m/%Y}", "courriel": p.email},
                    "prelevement": {"iban": p.iban},
                    "tarif": c.some("Jeune|Senior|PMR|Solidaire"),
                }
                for p in c.people(115, 1940, 2012)
            ]
        }
    )


@file("covoiturage_inscrits.csv")
def car_sharing(c: Chance) -> Document:
    rows = [
        [
            p.first,
            p.plate,
            p.town,
            c.some("Lyon|Mâcon|Oyonnax"),
            f"0{c.randrange(6, 9)}h{c.randrange(10, 59)}",
            f"0033 {p.mobile[1]} {dotted(p.mobile)[3:]}",
        ]
        for p in c.people(84, 1960, 2003)
    ]
    return Table(["conducteur", "véhicule", "départ", "arrivée", "heure", "n° de tél"], rows)


@file("comptages_routiers.csv")
def traffic(c: Chance) -> Document:
    rows = [
        [
            f"RD{c.randrange(1, 1100)}",
            f"PR {c.randrange(60)}+{c.randrange(999)}",
            c.randrange(200, 30000),
            c.amount(1, 15),
            2024,
        ]
        for _ in range(160)
    ]
    return Table(["route", "pr", "tmja", "pct_pl", "annee"], rows)


@file("bornes_irve.csv")
def charging(c: Chance) -> Document:
    rows = [
        [
            "Grand Bourg Agglomération",
            c.siret()[:9],
            "contact@irve-exemple.fr",
            "+33465712000",
            f"FRGBAP{n:05d}",
            c.some("Parking Pierre Bérégovoy|Gare"),
            "01053",
            f"[{c.point()[0]},{c.point()[1]}]",
            22,
            "2023-05-04",
        ]
        for n in range(60)
    ]
    header = [
        "nom_amenageur",
        "siren_amenageur",
        "contact_amenageur",
        "telephone_operateur",
        "id_pdc_itinerance",
        "nom_station",
        "code_insee_commune",
        "coordonneesXY",
        "puissance_nominale",
        "date_mise_en_service",
    ]
    return Table(header, rows, delimiter=",", encoding="utf-8")


@file("accidents_corporels_detail.csv")
def accidents(c: Chance) -> Document:
    rows = [
        [
            f"2024{c.digits(8)}",
            f"{c.fr(2024, 2024)}",
            c.plate(),
            c.some("F|M"),
            c.randrange(1930, 2012),
            c.some("Tué|Blessé hospitalisé|Blessé léger|Indemne"),
            c.some("alcoolémie 1,2 g|cannabis|négatif|"),
        ]
        for _ in range(130)
    ]
    return Table(["Num_Acc", "date", "immatriculation", "sexe", "an_nais", "gravite", "depistage"], rows)


@file("nuisibles_frelons_signalements.geojson")
def hornets(c: Chance) -> Document:
    return Features(
        [
            (
                (p.lon, p.lat),
                {
                    "date": f"{c.day(2025, 2025)}",
                    "declarant": p.full,
                    "tel_decl": p.mobile,
                    "commentaire": c.some("nid sous la toiture|haie|grange"),
                },
            )
            for p in c.people(66)
        ]
    )


@file("toitures_solaires_foyers.csv")
def solar(c: Chance) -> Document:
    rows = [
        [f"PV{n:04d}", p.lat, p.lon, c.randrange(3, 9), p.upper, c.randrange(2012, 2026)]
        for n, p in enumerate(c.people(90, 1945, 1992))
    ]
    return Table(["id", "latitude", "longitude", "kwc", "détenteur", "année"], rows)


@file("zones_inondables_communes.csv")
def floods(c: Chance) -> Document:
    rows = [[f"01{n:03d}", c.some("faible|moyen|fort"), c.randrange(0, 900), c.fr(2005, 2024)] for n in range(1, 75)]
    return Table(["insee", "aléa", "surface_ha", "arrêté"], rows)
