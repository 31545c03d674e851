"""Columns that are treated together are one choice; no column is offered twice, none is forgotten."""

from __future__ import annotations

from ckanext.ca3b.privacy.remedies.grouping import groups
from ckanext.ca3b.rgpd.remedies import Option

COLUMNS = ["nom", "prenom", "naissance", "classe", "commune"]


def option(column, kind, columns=None, *, advised=False, label="", where=None, **params):
    columns = (column,) if columns is None else tuple(columns)
    return Option(
        column=column,
        where=where,
        category="name",
        kind=kind,
        label=label or kind,
        params=params,
        advised=advised,
        reason="",
        columns=columns,
    )


def test_a_name_and_a_first_name_are_one_choice():
    both = ("nom", "prenom")
    found = [
        option("nom", "drop_column", both, advised=True),
        option("nom", "pseudonym", both),
        option("prenom", "drop_column", both, advised=True),
        option("prenom", "pseudonym", both),
        option("naissance", "drop_column", advised=True),
    ]
    first, second = groups(found, COLUMNS)
    assert (first["found"], first["columns"]) == (["nom", "prenom"], ["nom", "prenom"])
    assert [(one["kind"], one["columns"], one["advised"]) for one in first["options"]] == [
        ("drop_column", ["nom", "prenom"], True),
        ("pseudonym", ["nom", "prenom"], False),
    ]
    assert second["found"] == ["naissance"]


def test_the_traits_treated_together_may_be_more_than_those_found():
    traits = ("classe", "commune")
    (group,) = groups([option("classe", "k_anonymise", traits, advised=True, k=5)], COLUMNS)
    assert (group["found"], group["columns"]) == (["classe"], ["classe", "commune"])


def test_one_column_of_two_sheets_is_two_choices():
    found = [option("nom", "drop_column", advised=True, where=sheet) for sheet in ("2025", "2026")]
    assert [one["where"] for one in groups(found, COLUMNS)] == ["2025", "2026"]


def test_two_findings_of_a_column_advise_one_thing_and_offer_each_thing_once():
    found = [
        option("nom", "drop_column", advised=True),
        option("nom", "mask", label="masquer"),
        option("nom", "mask", advised=True, label="masquer les téléphones", only=["phone"]),
        option("nom", "drop_column"),
    ]
    (group,) = groups(found, COLUMNS)
    assert [one["advised"] for one in group["options"]] == [True, False, False]
    assert len({one["key"] for one in group["options"]}) == 3


def test_a_remedy_of_the_whole_file_has_no_column():
    (group,) = groups([option("auteur", "rewrite", (), advised=True)], COLUMNS)
    assert (group["columns"], group["options"][0]["columns"]) == ([], [])
