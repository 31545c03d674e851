"""The plain words of the clerk's page: what was found, how sure it is, where the file stands. No jargon, no article."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import formatting

# Shown before « et 12 autres ».
_LINES = 6
_SURE, _LIKELY = 0.85, 0.65


def thing(category: str) -> str:
    """Return what a category of personal data is, as the end of « This file gives… »."""
    return {
        "name": tk._("names"),
        "birth_date": tk._("dates of birth"),
        "address": tk._("home addresses"),
        "phone": tk._("telephone numbers"),
        "email": tk._("e-mail addresses"),
        "nir": tk._("social security numbers"),
        "iban": tk._("bank account numbers"),
        "tax_number": tk._("tax numbers"),
        "identity_paper": tk._("numbers of identity papers"),
        "professional_id": tk._("numbers that follow a pupil or an agent"),
        "health": tk._("information about health or private life"),
        "geolocation_home": tk._("the place where people live"),
        "plate": tk._("number plates"),
        "ip": tk._("addresses of devices"),
        "free_text": tk._("free text about people"),
        "quasi_identifiers": tk._("details that, put together, point at somebody"),
        "small_cells": tk._("counts so small that they point at somebody"),
    }.get(category, tk._("personal data"))


def wrong(category: str) -> str:
    """Return why a category cannot simply be published, in one sentence that needs no other word."""
    return {
        "name": tk._("Anybody could read who these people are."),
        "birth_date": tk._("With a birth date, a person is quickly recognised."),
        "address": tk._("Anybody could read where these people live."),
        "phone": tk._("Anybody could call these people."),
        "email": tk._("Anybody could write to these people."),
        "nir": tk._("The law reserves this number: it is never published."),
        "iban": tk._("These numbers are enough to steal money."),
        "tax_number": tk._("These numbers belong to the tax file of a person."),
        "identity_paper": tk._("These numbers are enough to usurp an identity."),
        "professional_id": tk._("This number follows one person from file to file."),
        "health": tk._("What concerns health, beliefs or private life is never published person by person."),
        "geolocation_home": tk._("A point on the map shows the home of a person."),
        "plate": tk._("A number plate leads to the owner of the vehicle."),
        "ip": tk._("The address of a device leads to its owner."),
        "free_text": tk._("These texts may say anything about a person."),
        "quasi_identifiers": tk._("Alone it says little; beside the other columns it makes a person recognisable."),
        "small_cells": tk._("When only a few people are counted, one guesses who they are."),
    }.get(category, tk._("A person could be recognised."))


def summary(findings: list[dict[str, Any]]) -> str:
    """Return in one sentence what a file gives about people, the most serious first; '' when nothing is held."""
    held = [one for one in findings if one["decision"] != "pass"]
    held.sort(key=lambda one: (one["decision"] != "block", -float(one.get("certainty") or 0)))
    things = list(dict.fromkeys(thing(one["category"]) for one in held))
    if not things:
        return ""
    if len(things) == 1:
        said = things[0]
    else:
        said = tk._("{several} and {last}").format(several=", ".join(things[:-1]), last=things[-1])
    return tk._("This file gives {things}.").format(things=said)


def certainty(value: float) -> str:
    """Return in words how sure a finding is."""
    if value >= _SURE:
        return tk._("certain or nearly so")
    return tk._("likely") if value >= _LIKELY else tk._("to be checked: it may be a mistake")


def extent(finding: dict[str, Any], rows: int | None) -> str:
    """Return on how many rows something was found: « 12 lignes sur 60 »."""
    count = int(finding.get("count") or 0)
    if not count:
        return ""
    if rows and count >= rows:
        said = tk.ungettext("in the only row", "in all {rows} rows", rows)
    elif rows:
        said = tk.ungettext("in {count} row of {rows}", "in {count} rows of {rows}", count)
    else:
        said = tk.ungettext("in {count} place", "in {count} places", count)
    return said.format(count=formatting.number(count), rows=formatting.number(rows or 0))


def places(finding: dict[str, Any]) -> str:
    """Return the first lines of the file where something was found: « Lignes 2, 3, 4 et 57 autres »."""
    lines = list(finding.get("lines") or finding.get("rows") or [])
    count = int(finding.get("count") or len(lines))
    if not lines:
        return ""
    shown = [formatting.number(one) for one in lines[:_LINES]]
    if len(shown) == 1 and count <= 1:
        return tk._("Line {numbers}").format(numbers=shown[0])
    said = tk._("Lines {numbers}").format(numbers=", ".join(shown))
    if (others := count - len(shown)) > 0:
        more = tk.ungettext("and {number} other", "and {number} others", others)
        said += " " + more.format(number=formatting.number(others))
    return said
