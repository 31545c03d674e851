"""Counts of many people, and measures."""

from __future__ import annotations

from tests.rgpd.samples.columns import SEXES, STREETS, TOWNS, table

SAMPLES = {
    "population.csv": table(
        code_insee=[f"0105{n}" for n in range(8)],
        commune=TOWNS,
        annee="2020",
        population=["41111", "6400", "6200", "3100", "3200", "2500", "2400", "2200"],
        hommes=["20000", "3200", "3100", "1500", "1600", "1200", "1200", "1100"],
        femmes=["21111", "3200", "3100", "1600", "1600", "1300", "1200", "1100"],
    ),
    "releves_qualite_air.csv": table(
        station="Bourg",
        date_debut=[f"2023-03-{10 + n}" for n in range(8)],
        polluant="NO2",
        valeur=[f"1{n}.123456789012" for n in range(8)],
    ),
    "logements_sociaux_commune.csv": table(
        commune=TOWNS, nb_logements=["1200", "300", "200", "10", "12", "45", "3", "8"], taux="12,5"
    ),
    "deces_communes.csv": table(
        commune=TOWNS,
        annee="2022",
        naissances=["12", "3", "5", "9", "45", "7", "2", "1"],
        deces=["5", "6", "3", "8", "1", "2", "4", "9"],
    ),
    "revenus_iris.csv": table(
        iris=[f"01053010{n}" for n in range(8)],
        libelle_iris=[
            "Centre",
            "Gare",
            "Reyssouze",
            "Les Vennes",
            "Croix Blanche",
            "Pont des Chèvres",
            "Brou",
            "Alagnier",
        ],
        revenu_median=["21000", "19000"] * 4,
        taux_pauvrete=["12,3", "8,5"] * 4,
        nb_menages=["1200", "800"] * 4,
    ),
    "personnels_effectifs.csv": table(
        annee="2022",
        categorie=list("ABCABCAB"),
        sexe=SEXES,
        effectif=["123", "45", "230", "80", "90", "110", "60", "70"],
    ),
    "qualite_eau.csv": table(
        point=["P1", "P2"] * 4,
        date="2023-03-12",
        parametre="Nitrates",
        valeur=["12.345678901234", "1.234567890123"] * 4,
        numero_analyse=[f"1840520123456{n}0" for n in range(8)],
    ),
    "recensement.csv": table(
        codgeo="01053", sexe=SEXES, tranche_age=["0-14", "15-29"] * 4, population=["1234", "2345"] * 4
    ),
    "naissances_deces.csv": table(
        annee=[f"201{n}" for n in range(8)],
        naissances=["12", "3", "9", "15", "8", "7", "2", "11"],
        deces=["4", "6", "9", "1", "8", "7", "2", "11"],
        mariages=["4", "6", "9", "1", "8", "7", "2", "11"],
    ),
    "frequentation_piscine.csv": table(
        date=[f"2023-03-1{n}" for n in range(8)], entrees_enfants=["120", "3"] * 4, entrees_adultes=["98", "7"] * 4
    ),
    "accidents.csv": table(
        date="2023-03-12",
        lieu=STREETS,
        gravite=["léger", "grave"] * 4,
        nb_tues=["0", "1"] * 4,
        nb_blesses=["1", "2"] * 4,
    ),
}
