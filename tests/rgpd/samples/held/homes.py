"""Homes: who lives where, what they use there, and how they travel."""

from __future__ import annotations

from tests.rgpd.samples.columns import AGES, LATITUDES, LONGITUDES, NAMES, SEXES, STREETS, TOWNS, table

SAMPLES = {
    "bacs_individuels.csv": (
        table(num_bac=range(8), litrage="120", nom_usager=NAMES, adresse=STREETS),
        {"name", "address"},
    ),
    "composteurs_individuels.csv": (
        table(
            id=range(8),
            date_livraison="12/03/2023",
            latitude=LATITUDES,
            longitude=LONGITUDES,
        ),
        {"geolocation_home"},
    ),
    "spanc_controles.csv": (
        table(proprietaire=NAMES, parcelle=[f"AB {n}12" for n in range(8)], conformite=["oui", "non"] * 4),
        {"name"},
    ),
    "compteurs_eau.csv": (table(num_compteur=[f"C{n:05}" for n in range(8)], abonne=NAMES, releve_m3="123"), {"name"}),
    "releves_conso.csv": (
        table(pdl=[f"1912345678901{n}" for n in range(8)], adresse=STREETS, conso_kwh="3214"),
        {"address"},
    ),
    "eau_abonnes.geojson.csv": (
        table(
            num_compteur=[f"C{n:05}" for n in range(8)],
            conso_m3="120",
            lat=LATITUDES,
            lon=LONGITUDES,
        ),
        {"geolocation_home"},
    ),
    "permis_construire.csv": (
        table(
            num_dossier=[f"PC00105323A00{n:02}" for n in range(8)],
            petitionnaire=[
                "M. MARTIN Paul",
                "SCI Les Lilas",
                "Mme PETIT Sylvie",
                "SARL Durand",
                "ROUSSEAU Marc",
                "M. Karim BENALI",
                "Commune de Viriat",
                "M. et Mme GARCIA",
            ],
            adresse_terrain=STREETS,
            surface="120",
        ),
        {"name"},
    ),
    "jardins_familiaux.csv": (table(parcelle=range(8), locataire=NAMES, loyer="30"), {"name"}),
    "cimetiere_concessions.csv": (
        table(emplacement=[f"A{n}" for n in range(8)], concessionnaire=NAMES, date_achat="12/03/2003", duree="30"),
        {"name"},
    ),
    "stationnement_abonnes.csv": (
        table(parking="Centre", immatriculation=[f"AB-1{n}3-CD" for n in range(8)], debut="2023-01-01"),
        {"plate"},
    ),
    "verbalisations.csv": (
        table(
            DATE_PV="12/03/2023",
            IMMAT=[f"GH-{n}12-JK" for n in range(8)],
            LIEU=STREETS,
            INFRACTION="Stationnement gênant",
        ),
        {"plate"},
    ),
    "cartes_transport.csv": (
        table(
            num_carte=[f"C{n:06}" for n in range(8)],
            annee_naissance=["1980", "1992", "2001", "1975", "1966", "1988", "1999", "2005"],
            sexe=SEXES,
            code_postal=["01000", "01250", "01340", "01440", "01960", "01310", "01370", "01160"],
        ),
        {"quasi_identifiers"},
    ),
    "taxis.csv": (
        table(numero_ads=range(8), exploitant=NAMES, commune=TOWNS, immatriculation=[f"GH-{n}12-JK" for n in range(8)]),
        {"plate"},
    ),
    "enquete_mobilite_reponses.csv": (
        table(
            id_reponse=range(8),
            age=AGES,
            genre=SEXES,
            commune_residence=TOWNS,
            csp=["Cadre", "Ouvrier"] * 4,
            mode="vélo",
        ),
        {"quasi_identifiers"},
    ),
    "contribuables.csv": (
        table(spi=[f"30232176{n:02}{(3023217600 + n) % 511:03}" for n in range(8)], taxe="foncière", montant="512"),
        {"tax_number"},
    ),
}
