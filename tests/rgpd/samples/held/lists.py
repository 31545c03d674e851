"""Lists of people: members, staff, officials with their own numbers, users of a service."""

from __future__ import annotations

from tests.rgpd.samples.columns import AGES, BIRTHS, FIRST, LAST, MOBILES, NAMES, SEXES, STREETS, TOWNS, mails, table

SAMPLES = {
    "abonnes_mediatheque.csv": (
        table(Nom=LAST, Prénom=FIRST, Adresse=STREETS, Ville=TOWNS, Courriel=mails("orange.fr")),
        {"name", "address", "email"},
    ),
    "export.csv": (table(identite=NAMES, portable=MOBILES), {"name", "phone"}),
    "paie_agents.csv": (
        table(matricule=[f"A{n:04}" for n in range(8)], nom=LAST, prenom=FIRST, iban="FR1420041010050500013M02606"),
        {"iban", "name"},
    ),
    "acces_wifi.csv": (
        table(
            horodatage=[f"2023-03-12 10:0{n}:00" for n in range(8)],
            ip=[f"81.53.12.{n + 3}" for n in range(8)],
            volume_mo="12",
        ),
        {"ip"},
    ),
    "elus_coordonnees.csv": (
        table(
            Nom=LAST,
            Prénom=FIRST,
            Mandat="Conseiller municipal",
            **{"Date de début du mandat": "2020-05-25"},
            Portable=MOBILES,
        ),
        {"phone"},
    ),
    "associations_dirigeants.csv": (
        table(
            association=[
                "Judo club",
                "MJC centre",
                "Sou des écoles",
                "Comité des fêtes",
                "Amis du parc",
                "Chorale",
                "Tennis club",
                "Boules",
            ],
            numero_rna=[f"W01200{n:04}" for n in range(8)],
            president=NAMES,
            telephone=MOBILES,
        ),
        {"phone"},
    ),
    "cni.csv": (
        table(nom=LAST, prenom=FIRST, numero_cni=[f"88069231{n:04}" for n in range(8)]),
        {"identity_paper", "name"},
    ),
    "liste.csv": (
        table(column=[f"{name} {phone}" for name, phone in zip(NAMES, MOBILES, strict=True)], b=list("abcdefgh")),
        {"phone"},
    ),
    "licencies_judo.csv": (
        table(
            licence=[f"M{n}1010{n}" for n in range(8)],
            **{"Nom Prénom": NAMES},
            categorie="Cadet",
            sexe=SEXES,
            annee_naissance=["2008"] * 8,
        ),
        {"name"},
    ),
    "EXTRACTION.csv": (
        table(NOM_PRENOM=NAMES, TEL_PORT=MOBILES, DT_NAIS=BIRTHS, ADR_MEL=mails("free.fr"), LIB_VOIE=STREETS),
        {"name", "phone", "email"},
    ),
    "marche_forain.csv": (
        table(emplacement=range(8), commercant=NAMES, activite="Primeur", portable=MOBILES),
        {"name", "phone"},
    ),
    "agents_grade_salaire.csv": (
        table(
            matricule=[f"{1000 + n}" for n in range(8)],
            sexe=SEXES,
            age=AGES,
            grade=["Attaché", "Rédacteur"] * 4,
            salaire_brut=["2512", "2134"] * 4,
        ),
        {"quasi_identifiers"},
    ),
    "benevoles.csv": (
        table(
            **{"Prénom et nom": [" ".join(reversed(name.rsplit(" ", 1))) for name in NAMES], "Mail": mails("gmail.com")}
        ),
        {"name", "email"},
    ),
    "utilisateurs.csv": (
        table(
            login=["jdupont", "pmartin"] * 4,
            derniere_connexion="2023-03-12T10:00:00Z",
            adresse_ip=[f"2a01:e0a:1f:4d20::{n}2" for n in range(8)],
        ),
        {"ip"},
    ),
    "liste_greve.csv": (table(agent=NAMES, service="Voirie", syndicat=["CGT", "CFDT"] * 4), {"name", "health"}),
    "contacts_mairies.csv": (
        table(mairie=[f"Mairie de {town}" for town in TOWNS], secretaire=NAMES, mail=mails("viriat.fr")),
        {"email"},
    ),
}
