"""What the form of the clerk's page means."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from ckanext.ca3b.privacy.clerk import choices


def offered(key, kind, columns, *, advised=False, **params):
    return {"key": key, "kind": kind, "label": key, "params": params, "columns": columns, "advised": advised}


def group(columns, *options, where=None):
    return {"columns": columns, "options": list(options), "where": where}


NAMES = group(
    ["nom", "prenom"],
    offered("drop", "drop_column", ["nom", "prenom"], advised=True),
    offered("code", "pseudonym", ["nom", "prenom"]),
)
TRAITS = group(["nom", "classe"], offered("k", "k_anonymise", ["nom", "classe"], advised=True, k=5))


@pytest.fixture
def meant():
    """The remedies that a form means."""
    return lambda groups, **form: choices.remedies(groups, choices.posted(groups, MultiDict(form)))


def test_what_is_advised_is_chosen(meant):
    assert meant([NAMES]) == [{"columns": ["nom", "prenom"], "kind": "drop_column", "params": {}}]


def test_another_remedy_and_some_columns_only(meant):
    form = {"remedy-0": "code", "several-0": "1", "columns-0": ["prenom"]}
    assert meant([NAMES], **form) == [{"columns": ["prenom"], "kind": "pseudonym", "params": {}}]


def test_what_is_left_as_it_is_is_not_treated(meant):
    assert meant([NAMES], **{"remedy-0": "keep"}) == []
    assert meant([NAMES], **{"several-0": "1"}) == []


def test_a_choice_that_was_not_offered_is_the_advised_one(meant):
    assert meant([NAMES], **{"remedy-0": "publish", "several-0": "1", "columns-0": ["nom", "salaire"]}) == [
        {"columns": ["nom"], "kind": "drop_column", "params": {}}
    ]


def test_a_dropped_column_is_not_treated_again(meant):
    assert [one["columns"] for one in meant([NAMES, TRAITS])] == [["nom", "prenom"], ["classe"]]


def test_one_part_of_the_file_is_kept(meant):
    sheets = [{**NAMES, "where": "2025"}, {**TRAITS, "where": "2026"}]
    assert [one["kind"] for one in meant(sheets)] == ["drop_column"]
    assert [one["kind"] for one in meant(sheets, where="2026")] == ["k_anonymise"]
    assert [one["kind"] for one in meant(sheets, where="2027")] == ["drop_column"]
