"""What a header says: the topics it speaks of, and whether it names somebody."""

from __future__ import annotations

from .detectors import DETECTORS
from .words import plain, says, vocabulary


def is_about(header: str, topic: str) -> bool:
    """Tell whether ``header`` has words of the ``topic`` of the vocabulary of contexts."""
    return says(header, vocabulary("context")[topic])


def is_trait(header: str) -> bool:
    """Tell whether ``header`` is a trait of people, which others complete."""
    topics = ("quasi_age", "quasi_sex", "quasi_place", "quasi_status")
    return any(is_about(header, topic) for topic in topics) and not says(
        header, DETECTORS["quasi_identifiers"].not_headers
    )


def header_kind(header: str) -> str:  # noqa: PLR0911 - one case after another
    """Give ``first``, ``person``, ``maybe``, ``other`` (a thing or a body) or nothing for what a header names."""
    if not header:
        return ""
    if "." in header.strip("."):
        # Of a dotted path, the last key says most.
        parent, _, last = header.strip(".").rpartition(".")
        return header_kind(last) or header_kind(parent)
    words = plain(header)
    if says(header, ("nom prenom", "prenom nom", "nomprenom")):
        return "person"
    if says(
        header,
        (
            "nb",
            "nombre",
            "date",
            "code",
            "type",
            "id",
            "taux",
            "montant",
            "statut",
            "tel",
            "telephone",
            "mail",
            "email",
            "courriel",
            "adresse",
            "age",
            "sexe",
            "lieu",
            "ville",
            "identifiant",
            "siret",
            "siren",
            "url",
        ),
    ):
        return "other"
    if is_about(header, "first_name"):
        return "first"
    thing = is_about(header, "not_person")
    person = is_about(header, "person")
    if person and not (thing and " nom " in words and not is_about(header.replace("nom", ""), "person")):
        return "person"
    if thing or is_about(header, "body"):
        return "other"
    return "maybe" if is_about(header, "maybe_person") else ""
