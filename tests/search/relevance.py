"""What people type and what they must, and must not, find: (words, datasets to find, datasets not to find)."""

from __future__ import annotations

from .catalogue import CATALOGUE


def _of(organisation: str) -> tuple[str, ...]:
    return tuple(dataset.name for dataset in CATALOGUE if dataset.organisation == organisation)


RELEVANCE: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    # Accents, capitals, number
    ("ecole", ("ecoles",), ("stations-epuration",)),
    ("ÉCOLES", ("ecoles",), ()),
    ("école élémentaire", ("ecoles",), ("creches",)),
    ("ecole publique", ("ecoles",), ()),
    ("mediatheques", ("bibliotheques",), ()),
    ("arbre", ("arbres",), ()),
    ("élu", ("elus",), ("eau-potable",)),
    ("réseaux", ("bus",), ()),
    ("établissement", ("creches",), ()),
    ("gymnase", ("equipements-sportifs",), ()),
    ("prenom", ("prenoms",), ()),
    # Gender
    ("équipement sportif", ("equipements-sportifs",), ()),
    ("sportives", ("equipements-sportifs",), ()),
    ("salle municipale", ("salles",), ()),
    ("communale", ("cimetieres",), ()),
    ("élémentaire public", ("ecoles",), ()),
    # Elision and apostrophes
    ("eau", ("eau-potable", "cours-eau"), ("ecoles",)),
    ("l'eau", ("eau-potable", "cours-eau"), ()),
    ("l’eau potable", ("eau-potable",), ("cours-eau",)),
    ("eaux", ("cours-eau", "eau-potable"), ()),
    ("d'assainissement", ("stations-epuration",), ()),
    ("assainissement", ("stations-epuration",), ()),
    ("alignement", ("arbres",), ()),
    ("art", ("oeuvres",), ("stationnement",)),
    # Words that only look alike
    ("stationnements", ("stationnement",), ("station-meteo", "gares", "stations-epuration", "velos")),
    ("stationnement", ("stationnement",), ("station-meteo", "gares", "stations-epuration")),
    ("station météo", ("station-meteo",), ("stationnement", "gares")),
    ("gare", ("gares",), ("stationnement",)),
    ("port", (), ("portes",)),
    ("cour", ("cours-ecole",), ("cours-eau",)),
    ("cours d'eau", ("cours-eau",), ("eau-potable", "cours-ecole")),
    ("année", ("arbres",), ()),
    ("anne", (), ("arbres",)),
    # Synonyms
    ("poubelle", ("collecte",), ("ecoles", "wifi")),
    ("poubelles", ("collecte",), ()),
    ("ordures ménagères", ("collecte",), ()),
    ("dechetterie", ("decheteries",), ()),
    ("déchetteries", ("decheteries",), ()),
    ("décharge", ("decheteries",), ("irve",)),
    ("cantine", ("cantines",), ("creches",)),
    ("hôtel de ville", ("mairies",), ("codes",)),
    ("parking", ("stationnement",), ("station-meteo",)),
    ("bicyclette", ("velos", "cyclable"), ("bus",)),
    ("vélo", ("velos", "cyclable"), ()),
    ("transports en commun", ("bus",), ()),
    ("DAE", ("dae",), ()),
    ("marchés publics", ("decp",), ("wifi",)),
    ("PLU", ("plu",), ()),
    ("urbanisme", ("plu",), ()),
    ("médecin", (), ("elus",)),
    ("réverbère", ("eclairage",), ()),
    ("centre de loisirs", ("loisirs",), ()),
    ("petite enfance", ("creches",), ()),
    ("aide aux associations", ("subventions",), ()),
    ("wifi", ("wifi",), ()),
    ("wi-fi", ("wifi",), ()),
    ("covoiturage", ("covoiturage",), ()),
    ("co-voiturage", ("covoiturage",), ()),
    # Places: publishers are found by their title
    ("péronnas piscine", ("piscine-peronnas",), ("piscine-viriat",)),
    ("piscine viriat", ("piscine-viriat",), ("piscine-peronnas",)),
    ("piscine à Péronnas", ("piscine-peronnas",), ()),
    ("Saint-Denis-lès-Bourg", _of("saint-denis-les-bourg"), ("mairies", "arbres")),
    ("saint denis les bourg", _of("saint-denis-les-bourg"), ("arbres",)),
    ("Bourg en Bresse", _of("bourg-en-bresse"), ("plu",)),
    ("bourg-en-bresse arbres", ("arbres",), ("wifi",)),
    ("val revermont", ("eclairage",), ("plu",)),
    ("montagnat", ("cimetieres", "salles"), ("ecoles",)),
    # Numbers, codes, ligatures, file names
    ("2024", ("budget-2024",), ("budget-2023",)),
    ("budget 2023", ("budget-2023",), ("budget-2024",)),
    ("01053", ("codes",), ("ecoles",)),
    ("D117", ("route-d117",), ()),
    ("d 117", ("route-d117",), ()),
    ("oeuvres", ("oeuvres",), ()),
    ("œuvre", ("oeuvres",), ()),
    ("etablissements actifs", ("sirene-fichier",), ()),
    # Questions with more words than needed
    ("où sont les écoles", ("ecoles",), ("plu",)),
    ("liste des délibérations de Péronnas", ("deliberations-peronnas",), ()),
    ("travaux dans ma rue", ("travaux",), ()),
    ("horaires de la mairie", ("mairies",), ("ecoles",)),
    # CKAN's own syntax
    ('"conseil municipal"', ("deliberations-peronnas",), ("elus",)),
    ('"municipal conseil"', (), ("deliberations-peronnas",)),
    ("title:école", ("ecoles",), ("cours-ecole",)),
    ("title:ecol*", ("ecoles",), ("cantines",)),
    ("title:Écol*", ("ecoles",), ()),
    ("organization:viriat", ("piscine-viriat", "loisirs"), ("piscine-peronnas",)),
    ("organization:peronnas AND title:piscine", ("piscine-peronnas",), ("budget-2024",)),
    ("tags:AEP", ("eau-potable",), ("ecoles",)),
    ("budget -2023", ("budget-2024",), ("budget-2023",)),
    ("ecol*", ("ecoles",), ("plu",)),
    ("biblio*", (), ("plu",)),
    ("arbres OR lampadaires", ("arbres", "eclairage"), ("plu",)),
    # Punctuation of ordinary sentences is no syntax
    ("Péronnas : budget", ("budget-2024", "budget-2023"), ("plu",)),
    ("bus : horaires", ("bus",), ("ecoles",)),
    ("école (maternelle)", ("ecoles",), ("plu",)),
    ("écoles, crèches", (), ("plu",)),
    ("budget 2024 ?", ("budget-2024",), ("budget-2023",)),
)
