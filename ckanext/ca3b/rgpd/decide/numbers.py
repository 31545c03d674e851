"""Numbers that follow one person: social security, bank, tax, papers, profession, plates, networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.rgpd.detectors import DETECTORS

if TYPE_CHECKING:
    from .case import Case, Verdict


def nir(case: Case) -> Verdict | None:
    """One number with its key is enough, unless the column is a crowd of digits where chance gives some."""
    column = case.column
    keyed, wrong = column.count("nir", ["keyed"]), column.count("nir", ["wrong-key"])
    shaped = keyed + wrong + column.count("nir", ["without-key"])
    if case.named("nir") and shaped >= 1:
        return case.hits("keyed" if keyed else "named", "nir")
    if keyed and (keyed >= 0.05 * (keyed + wrong) or keyed + wrong < 20):
        return case.hits("keyed", "nir", ["keyed"])
    if column.count("nir", ["keyed"], whole=False):
        # In sentences, numbers are not drawn by chance: each is looked at.
        return case.hits("unsure", "nir", ["keyed"])
    if (
        shaped >= 3
        and shaped >= 0.8 * column.filled
        and (case.beside_people or case.context.private)
        and case.kind != "other"
    ):
        return case.hits("unsure", "nir")
    if case.named("nir") and column.share(r"^[12][ .]?[0-9]{2}[ .]?[0-9]{2}") >= 0.3:
        return case.all_rows("named")
    return None


def iban(case: Case) -> Verdict | None:
    """A key that holds is enough."""
    if case.column.count("iban", ["iban", "rib"]):
        body = case.context.body and not case.beside_people
        return case.hits("body" if body else "person", "iban")
    cards = case.column.count("iban", ["card"])
    if cards and (case.says("carte", "cb", "bancaire") or cards >= 0.9 * case.column.filled >= 3):
        return case.hits("person", "iban", ["card"])
    if case.named("iban") and case.column.share(r"[0-9]{5,}|[A-Z]{2}[0-9]{2}") >= 0.3:
        return case.all_rows("named")
    return None


def tax_number(case: Case) -> Verdict | None:
    """The key alone holds by chance once in 511: its header or the whole column must speak."""
    keyed = case.column.count("tax_number")
    if case.named("tax_number"):
        if keyed:
            return case.hits("keyed", "tax_number")
        return case.all_rows("named") if case.column.share(r"^[0-9A-Z][0-9A-Z ]{5,18}$") >= 0.5 else None
    if keyed >= 5 and keyed >= 0.9 * case.column.filled:
        return case.hits("unsure", "tax_number")
    return None


def identity_paper(case: Case) -> Verdict | None:
    """Header and form."""
    if (
        case.named("identity_paper")
        and case.column.value_share(DETECTORS["identity_paper"]) >= 0.3
        and case.column.share("[0-9]") >= 0.3
    ):
        return case.all_rows("person")
    # Passports are written like no other number: beside people, their form is enough.
    passports = case.column.share(r"^[0-9]{2}[A-Z]{2}[0-9]{5}$") >= _MOSTLY
    return case.all_rows("person") if passports and case.beside_people else None


def professional_id(case: Case) -> Verdict | None:
    """Header and form; the registers of regulated professions are public, and so are the meters of public buildings."""
    column, tests = case.column, DETECTORS["professional_id"].value_test
    if case.about("meter") and case.named("professional_id"):
        return _meter(case)
    if case.context.tracked and case.context.moments and column in case.context.followed:
        return case.all_rows("followed")
    if not case.named("professional_id"):
        # A pupil's number is written like no other: beside what tells of people, its form is enough.
        told = case.beside_people or case.context.private or case.kind == "person"
        return case.all_rows("person") if told and column.share(_PUPIL) >= _MOSTLY else None
    if column.share(tests["number"]) < 0.5:
        return None
    regulated = case.says("rpps", "adeli") and not case.context.private
    if case.says("matricule") and not (case.some_names or case.context.private or case.context.micro):
        return None
    return case.all_rows("regulated" if regulated else "person")


_PUPIL = r"^[0-9]{9}[A-Z]{2}$|^[0-9]{10}[A-Z]$"
_MOSTLY = 0.8


def _meter(case: Case) -> Verdict | None:
    """A point of delivery is a home's, unless what is beside it is a public building, a body or a public place."""
    column, context = case.column, case.context
    written = column.share(DETECTORS["professional_id"].value_test["meter"]) >= 0.5
    if not written and not (
        context.home and column.share(r"[0-9]{4}") >= _MOSTLY and column.share(r"^\S{5,20}$") >= 0.5
    ):
        return None
    public = context.facility or context.body or context.things or context.of_public_buildings
    return None if public and not case.beside_people else case.all_rows("meter")


_ANY_PLATE = r"^[A-Za-z0-9][A-Za-z0-9 \-]{2,9}$"
_SOME = 0.2


def plate(case: Case) -> Verdict | None:
    """Capitals with marks are plates anywhere; the rest needs its header or the whole column."""
    column = case.column
    strict, bare = column.count("plate", ["siv"]), column.count("plate", ["bare-siv"])
    fleet = case.context.titled("vehicle_fleet") or (case.context.body and not case.beside_people)
    situation = "fleet" if fleet else "named"
    if case.named("plate"):
        # Plates of other countries have no grammar in common.
        abroad = min(column.share(_ANY_PLATE), column.share("[0-9]")) >= 0.5
        return case.all_rows(situation) if abroad else case.hits(situation, "plate") if column.count("plate") else None
    older = column.count("plate", ["fni"], whole=True)
    if case.about("vehicle") and strict + bare + older >= _SOME * column.filled:
        return case.hits(situation, "plate")
    if strict and not case.says("parcelle", "cadastre", "reference produit"):
        whole = strict >= 0.3 * column.filled
        return case.hits(situation if whole and strict > 1 else "text", "plate", ["siv"])
    if (
        bare >= 3
        and bare >= 0.8 * column.filled
        and case.kind == ""
        and not case.says("code", "id", "identifiant", "ref", "reference", "numero")
    ):
        return case.hits("text", "plate", ["bare-siv"])
    return None


def ip(case: Case) -> Verdict | None:
    """Addresses of networks, but not numbers of versions or articles."""
    column = case.column
    found = column.count("ip")
    if not found or case.says(
        "version", "article", "chapitre", "paragraphe", "norme", "sommaire", "code ape", "nomenclature"
    ):
        return None
    if case.named("ip") or found >= 0.5 * column.filled:
        return case.hits("named", "ip")
    return case.hits("text", "ip", ["public", "device"]) if column.count("ip", ["public", "device"]) else None
