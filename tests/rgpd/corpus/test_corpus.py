"""The corpus can be relied on: whole, repeatable, balanced, and its invented numbers hold their keys."""

from __future__ import annotations

import zipfile
from collections import Counter

import pytest
from lxml.etree import fromstring
from stdnum import iban
from stdnum.fr import nir, siret

from tests.rgpd.corpus.build import SEED, build, makers
from tests.rgpd.corpus.people import Chance
from tests.rgpd.corpus.registry import Book, Table
from tests.rgpd.corpus.truth import CATEGORIES, DECISIONS, PARTS, Truth, truths


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    assert list(build(folder))
    return folder


def test_every_file_has_a_truth_and_every_truth_a_file():
    assert set(truths()) == set(makers())


def test_as_many_files_to_hold_as_to_publish_and_a_third_to_look_at():
    known = truths().values()
    decisions, parts = Counter(truth.decision for truth in known), Counter(truth.part for truth in known)
    assert set(decisions) == set(DECISIONS)
    assert set(parts) == set(PARTS)
    assert 0.45 < decisions["hold"] / len(known) < 0.55
    assert 0.3 < parts["development"] / len(known) < 0.37


@pytest.mark.parametrize("part", PARTS)
def test_each_part_holds_files_of_both_decisions_in_all_formats(part):
    known = [truth for truth in truths().values() if truth.part == part]
    assert min(Counter(truth.decision for truth in known).values()) >= 0.4 * len(known)
    assert {"csv", "txt", "json", "geojson", "xlsx"} <= {truth.name.rsplit(".", 1)[1] for truth in known}


@pytest.mark.parametrize("truth", truths().values(), ids=lambda truth: truth.name)
def test_a_truth_says_why_and_carries_something_exactly_when_it_is_to_hold(truth: Truth):
    assert truth.why.endswith(").")
    assert bool(truth.find) == truth.hold
    assert {each for asked in truth.find for each in asked.split("|")} | set(truth.never) <= set(CATEGORIES)


@pytest.mark.parametrize("truth", [each for each in truths().values() if each.name.endswith((".csv", ".tsv", ".txt"))],
                         ids=lambda truth: truth.name)  # fmt: skip
def test_the_columns_of_the_truth_are_those_of_the_file(truth: Truth):
    table = makers()[truth.name](Chance(f"{SEED}:{truth.name}"))
    assert isinstance(table, Table)
    header = table.header or [f"column_{rank}" for rank in range(1, len(table.rows[0]) + 1)]
    assert {len(row) for row in table.rows} == {len(header)}
    assert _named(truth) <= {*header, "*"}


@pytest.mark.parametrize("truth", [each for each in truths().values() if each.name.endswith((".xlsx", ".ods"))],
                         ids=lambda truth: truth.name)  # fmt: skip
def test_the_columns_of_the_truth_are_those_of_the_workbook(truth: Truth):
    book = makers()[truth.name](Chance(f"{SEED}:{truth.name}"))
    assert isinstance(book, Book)
    for sheet in book.sheets.values():
        assert {len(row) for row in sheet.rows} == {len(sheet.header)}
    assert _named(truth) <= {*(name for sheet in book.sheets.values() for name in sheet.header), "*"}


def _named(truth: Truth) -> set[str]:
    places = [place for places in (*truth.find.values(), *truth.never.values(), truth.allowed) for place in places]
    return {name for place in places for name in place.split("|")}


def test_the_same_seed_makes_the_same_bytes(folder, tmp_path):
    for path, _ in build(tmp_path):
        if path.suffix == ".ods":
            assert _contents(path) == _contents(folder / path.name)
        else:
            assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def _contents(path):
    with zipfile.ZipFile(path) as archive:
        return list(fromstring(archive.read("content.xml")).itertext())


def test_invented_numbers_hold_their_keys():
    chance = Chance("keys")
    for person in chance.people(200):
        assert nir.is_valid(person.nir), person.nir
        assert iban.is_valid(person.iban), person.iban
        assert siret.is_valid(chance.siret())


def test_a_report_is_scored_place_by_place():
    truth = Truth(
        "a.csv",
        "held_out",
        "hold",
        "",
        {"name": ["nom", "prénom"], "free_text|health": ["note"]},
        {"nir": ["nom"]},
        ["âge"],
    )
    scores = truth.score(
        {("Nom", "name"), ("feuille.note", "health"), ("nom", "nir"), ("âge", "phone"), ("ville", "name")}
    )
    assert scores["name"] == (1, 1, 1)
    assert scores["free_text"] == (1, 0, 0)
    assert scores["nir"] == (0, 0, 1)
    assert scores["phone"] == (0, 0, 0)
