"""Telephones and mailboxes: a person's, or a service's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .case import Case, Verdict

_MOSTLY = 0.8
_NUMBERS = ("mobile", "landline", "service")


def phone(case: Case) -> Verdict | None:  # noqa: PLR0911 - one case after another
    """Tell whose number it is."""
    column, context = case.column, case.context
    named = case.named("phone")
    kinds: list[str] = [*_NUMBERS, "bare", "bare-mobile"] if named else [*_NUMBERS]
    found = column.count("phone", kinds)
    if not found or (not named and _is_code(case)):
        return None
    inside = column.count("phone", kinds, whole=False)
    if inside > found * 0.5 and not named:
        return _in_text(case, kinds)
    mobiles = column.count("phone", ["mobile", "bare-mobile"])
    if found == column.count("phone", ["service"]):
        return case.hits("service", "phone", kinds)
    if case.beside_people:
        return case.hits("person", "phone", kinds)
    if case.says(
        "personnel",
        "prive",
        "domicile",
        "parent",
        "urgence",
        "demandeur",
        "usager",
        "eleve",
        "famille",
        "locataire",
        "abonne",
    ):
        return case.hits("person", "phone", kinds)
    if context.elected or context.duty_columns:
        return case.hits("private" if mobiles else "service", "phone", kinds)
    if case.open_place:
        return case.hits(_of_bodies(case, mobiles, found), "phone", kinds)
    if context.private or context.micro or context.home:
        return case.hits("person", "phone", kinds)
    if mobiles == 0 and _of_services(case):
        return case.hits("service", "phone", kinds)
    return case.hits("unsure", "phone", kinds)


def _is_code(case: Case) -> bool:
    """Tell whether the digits are those of a code or a number of another kind."""
    if case.column.share(r"^\s*-?[0-9]+[.,][0-9]+\s*$") >= _MOSTLY and not case.column.count("phone", whole=True):
        return True
    return case.says(
        "siret",
        "siren",
        "id",
        "identifiant",
        "code",
        "reference",
        "ref",
        "ean",
        "isbn",
        "latitude",
        "longitude",
        "montant",
        "numero marche",
        "uid",
        "insee",
    ) or (case.column.share(r"^[0-9]{10}$") >= 0.8 and case.column.share("^0[1-79]") < 0.9)


def _in_text(case: Case, kinds: list[str]) -> Verdict:
    mobiles = case.column.count("phone", ["mobile"])
    quiet = case.open_place and not case.beside_people
    if not mobiles and not (case.beside_people or case.context.private or case.context.micro):
        return case.hits("service", "phone", kinds)
    if quiet and not case.says("observation", "commentaire", "remarque", "note"):
        return case.hits(_of_bodies(case, mobiles, case.column.count("phone", kinds)), "phone", kinds)
    return case.hits("text", "phone", kinds)


def _of_bodies(case: Case, mobiles: int, found: int) -> str:
    """A mobile beside somebody's name, or of an association, is a person's."""
    if not mobiles:
        return "service"
    if any(kind in {"full", "surname"} for kind in case.context.people.values()):
        return "private"
    association = case.context.titled("facility_title") and "association" in case.context.title
    association = association or any("association" in column.header.lower() for column in case.context.columns)
    return "private" if association and mobiles > 0.2 * found else "service"


def _of_services(case: Case) -> bool:
    """Tell whether nothing of the table is about people."""
    named = {name for name, kind in case.context.people.items() if kind != "rare"}
    return named <= case.context.excused and not case.context.private


def email(case: Case) -> Verdict | None:  # noqa: PLR0911 - one case after another
    """Tell whose mailbox it is."""
    column, context = case.column, case.context
    found = column.count("email")
    if not found:
        return None
    personal = column.count("email", ["personal"])
    boxes = column.count("email", ["private-box"])
    unsure = column.count("email", ["unsure"])
    inside = column.count("email", whole=False) > found * 0.5 and not case.named("email")
    if not personal + boxes + unsure:
        return case.hits("generic", "email")
    if case.beside_people and not inside:
        return case.hits("person", "email", ["personal", "private-box", "unsure"])
    if personal:
        return case.hits("text" if inside else "private", "email", ["personal"])
    if case.open_place or context.elected or context.duty_columns:
        # « club.tennis@gmail.com » is the mailbox of a club.
        people = any(kind in {"full", "surname"} for kind in context.people.values())
        return case.hits(
            "private" if boxes and people and not context.culture else "generic",
            "email",
            ["private-box", "unsure"] if boxes and people else None,
        )
    if boxes:
        return case.hits("text" if inside else "private", "email", ["private-box"])
    if context.private or context.micro or case.some_names:
        return case.hits("unsure", "email", ["unsure"])
    return case.hits("generic", "email")
