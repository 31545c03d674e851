"""What a run says of itself while it goes on and when it fails, in French."""

from __future__ import annotations


def reading(pages: int, records: int) -> str:
    """Return how far the reading is."""
    return f"Lecture\xa0: page {pages}, {_entries(records)}"


def applying(done: int, total: int) -> str:
    """Return how far the writing is."""
    return f"Enregistrement\xa0: {done} sur {total}"


PLANNING = "Comparaison avec ce que le portail a déjà"
INDEXING = "Mise à jour de la recherche"

NO_DOCUMENT = "Cette source n’a ni adresse ni tableau\xa0: donnez-lui l’un des deux."
STOPPED = (
    "La lecture s’est arrêtée sur un contenu inattendu\xa0: ce qui précède est repris, rien n’est conclu de ce qui"
    " manque. Les responsables du portail en ont la trace."
)
UNREADABLE = (
    "Ce catalogue n’a pas pu être lu\xa0: son contenu est inattendu. Les responsables du portail en ont la trace."
)
NOT_KEPT = (
    "Cette fiche n’a pas pu être enregistrée\xa0: elle contient des valeurs qu’aucune base de données n’accepte."
    " Vérifiez-la dans le catalogue d’origine."
)
TOO_LONG = (
    "Le moissonnage a pris tout le temps permis et a été arrêté. Ce qui a été enregistré le reste\xa0; le prochain"
    " reprend là où celui-ci s’est arrêté."
)
TOO_BIG = "Ce catalogue est trop lourd pour la mémoire du portail."
INTERNAL = (
    "Le moissonnage s’est arrêté sur une erreur du portail, pas de la commune. Rien n’est perdu\xa0: le prochain"
    " reprend là où celui-ci s’est arrêté. Les responsables du portail en ont la trace."
)
REPLACED = "Un moissonnage plus récent a pris sa place."
CANCELLED = "Annulé avant d’être appliqué\xa0: rien n’a été modifié."
STOPPED_BY_HAND = (
    "Arrêté à la demande d’une personne. Ce qui a été enregistré le reste\xa0; le prochain moissonnage reprend là où"
    " celui-ci s’est arrêté."
)
NO_ORGANIZATION = (
    "L’organisation à laquelle cette source donne ses jeux de données n’existe plus. Choisissez-en une autre dans ses"
    " réglages."
)


def _entries(count: int) -> str:
    return f"{count} fiche{'s' if count > 1 else ''}"
