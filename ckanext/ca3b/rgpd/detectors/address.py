"""Postal addresses: a street with its number, or a header that says where somebody lives."""

from __future__ import annotations

from .base import Detector

DETECTOR = Detector(
    category="address",
    label="Adresse postale d’une personne",
    ground="CRPA L312-1-2 ; RGPD art. 4",
    headers=(
        "adresse",
        "adr",
        "adress",
        "address",
        "domicile",
        "residence",
        "rue",
        "voie",
        "numero voie",
        "lieu habitation",
        "adresse postale",
        "adresse personnelle",
        "adresse complete",
        "demeurant",
    ),
    not_headers=(
        "mail",
        "email",
        "electronique",
        "ip",
        "mac",
        "web",
        "site",
        "internet",
        "url",
        "type",
        "code",
        "id",
        "insee",
    ),
    value_test={
        "street": (
            r"(?i)^(?:[^,;]{0,40}[,;\-] ?)?(?:n° ?)?[0-9]{1,4} ?(?:bis|ter|quater|[a-d])?,? ?(?:rue|r\.?"
            r"|avenue|ave?\.?|bd|bld|boulevard|bvd|place|pl\.?|chemin|che?m?\.?|impasse|imp\.?|all[ée]es?"
            r"|all\.?|route|rte\.?|quai|cours|square|sq\.?|voie|lotissement|lot\.?|r[ée]sidence|r[ée]s\.?"
            r"|hameau|ham\.?|mont[ée]e|passage|faubourg|fg|sentier|lieu[- ]?dit|ruelle|villa|clos|esplanade"
            r"|promenade|traverse|venelle|grande rue|grand rue|domaine|cit[ée]) ?\p{L}?"
        ),
        "line": (
            r"(?i)\b(?:rue|avenue|boulevard|place|chemin|impasse|all[ée]e|route|quai|lotissement"
            r"|r[ée]sidence|hameau|lieu[- ]?dit)\b"
        ),
    },
    examples=(
        ("adresse", "12 bis rue de la République", "street"),
        ("domicile", "3, allée des Lilas 01000 BOURG", "street"),
        ("adr", "Lieu-dit Les Granges", "line"),
    ),
    counter_examples=(
        ("adresse mail", "12 rue de la République"),
        ("adresse", "oui"),
        ("libelle", "Route départementale 975"),
    ),
)
