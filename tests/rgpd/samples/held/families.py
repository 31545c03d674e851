"""People whom the town teaches, feeds, houses or helps: their health and their means come with their names."""

from __future__ import annotations

from tests.rgpd.samples.columns import BIRTHS, FIRST, LANDLINES, LAST, MOBILES, STREETS, TOWNS, table

SAMPLES = {
    "inscriptions_cantine.csv": (
        table(
            nom_enfant=LAST,
            prenom_enfant=FIRST,
            date_naissance=BIRTHS,
            allergie=["arachide", "", "", "gluten", "", "", "", "lait"],
            tel_parent=MOBILES,
        ),
        {"name", "birth_date", "health", "phone"},
    ),
    "demandes_logement.csv": (
        table(
            numero=[f"LS{n:04}" for n in range(8)],
            age=["23", "45", "37", "61", "29", "33", "52", "40"],
            sexe=list("FHFHFHFH"),
            commune=TOWNS,
            situation_familiale=["célibataire", "marié", "divorcé", "veuf"] * 2,
        ),
        {"quasi_identifiers"},
    ),
    "suivi_ccas.csv": (
        table(
            dossier=[f"D{n}" for n in range(8)],
            age=["23", "45", "37", "61", "29", "33", "52", "40"],
            sexe=list("FHFHFHFH"),
            pathologie=["diabète", "asthme"] * 4,
        ),
        {"health"},
    ),
    "eleves.csv": (
        table(INE=[f"08001234{n}AB" for n in range(8)], nom_eleve=LAST, prenom_eleve=FIRST, classe=["CP", "CE1"] * 4),
        {"professional_id", "name"},
    ),
    "beneficiaires_rsa_commune.csv": (
        table(commune=TOWNS, annee="2022", nb_beneficiaires_rsa=["120", "3", "45", "7", "32", "54", "18", "27"]),
        {"small_cells"},
    ),
    "personnes_isolees_canicule.csv": (
        table(M=FIRST, N=LAST, tel=LANDLINES, adr=STREETS),
        {"name", "phone", "address"},
    ),
    "portage_repas.csv": (
        table(
            Client=[
                "Mme PETIT",
                "M. GARCIA",
                "Mme DUPONT",
                "M. BENALI",
                "Mme ROUSSEAU",
                "M. MARTIN",
                "Mme LE GOFF",
                "Mme NGUYEN",
            ],
            Tournee="2",
            Regime=["diabétique", "sans sel"] * 4,
        ),
        {"name"},
    ),
    "famille_quotient.csv": (
        table(famille=[f"Famille {name}" for name in LAST], quotient_familial=["612", "834"] * 4),
        {"name"},
    ),
    "assistantes_maternelles.csv": (
        table(Nom=LAST, Prénom=FIRST, Adresse=STREETS, Commune=TOWNS, places="3", tel=LANDLINES),
        {"name"},
    ),
    "derogations.csv": (
        table(
            date="12/03/2023",
            motif=[
                "Enfant asthmatique suivi au CHU de Lyon",
                "La mère est hospitalisée depuis mars dernier",
                "Déménagement prévu dans le secteur voulu",
                "Rapprochement de fratrie demandé par eux",
            ]
            * 2,
        ),
        {"health"},
    ),
    "menages_aides.csv": (
        table(
            id_dossier=[f"D{n}" for n in range(8)],
            annee_naiss=["1980", "1992", "2001", "1975", "1966", "1988", "1999", "2005"],
            sit_fam=["C", "M"] * 4,
            nb_pers=["1", "3"] * 4,
            commune=TOWNS,
            montant_aide="300",
        ),
        {"quasi_identifiers"},
    ),
    "impayes.csv": (
        table(
            facture=range(8),
            debiteur=[
                "MARTIN PAUL",
                "PETIT SYLVIE",
                "SARL DURAND",
                "ROUSSEAU MARC",
                "GARCIA ANA",
                "BENALI KARIM",
                "SCI DU LAC",
                "DUPONT JEANNE",
            ],
            reste_du="123,45",
        ),
        {"name"},
    ),
    "journal_etat_civil.csv": (
        table(acte=range(8), nom=LAST, prenoms=FIRST, date_naissance=BIRTHS, lieu_naissance=TOWNS),
        {"name", "birth_date"},
    ),
    "liste_electorale_bureau3.csv": (
        table(**{"Nom de naissance": LAST, "Prénoms": FIRST, "Né(e) le": BIRTHS, "Adresse": STREETS}),
        {"name", "birth_date", "address"},
    ),
}
