"""The file of the duties: each has a text of law, an address where it is read, and a schema that exists."""

from __future__ import annotations

import pytest

from ckanext.ca3b import vocabularies
from ckanext.ca3b.obligations import core
from ckanext.ca3b.obligations.core import reading, wording
from ckanext.ca3b.tables import schemas

RULES = core.rules(40_000, "Montant d'essai.")
SCHEMAS = {one.name: one for one in schemas.all_schemas()}
DUTY = """
duties:
- code: essai
  title: Essai
  asks: Publier.
  texts: [{name: Loi, article: article 1, url: https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000215117}]
  who: {commune: {}, agglomeration: {}}
  counts: own
  fulfilled_by: {words: [essai]}
  advice: Publiez.
"""


@pytest.fixture(autouse=True)
def no_dataset_left():
    """No portal here."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_duty_names_its_text_and_what_fulfils_it(rule):
    assert rule.texts
    assert all(text.name and text.article for text in rule.texts)
    proof = rule.proof
    assert proof.any_dataset or proof.schemas or proof.hvd or proof.formats
    assert proof.schemas <= SCHEMAS.keys()
    assert not rule.form or rule.form in proof.schemas
    assert {one for one in proof.hvd if one != "any"} <= {entry.code for entry in vocabularies.hvd_categories()}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_is_recognised_by_its_official_schema_is_recognised_by_its_address_too(rule):
    for name in rule.proof.schemas:
        official = SCHEMAS[name].official
        assert not official or official in rule.proof.standards, name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_sentences_are_french_and_set_as_french_is(rule):
    for text in (rule.title, rule.asks, rule.advice, rule.where, rule.note, *(one.note for one in rule.texts)):
        assert "'" not in text
        assert not [mark for mark in (" ;", " :", " »", "« ", " €") if mark in text], text
    assert rule.asks.endswith((".", "…"))


def test_a_rhythm_in_days_is_said_in_words():
    assert all(bool(rule.days) == bool(rule.rhythm) for rule in RULES)


def test_what_is_uncertain_in_the_law_is_said_to_be():
    assert "à vérifier" in next(one for one in RULES if one.code == "open-data").note


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000215117", "https://example.org"), "example.org"),
        (("who: {commune: {}, agglomeration: {}}", "who: {commune: {}}"), "not_for"),
        (("counts: own", "counts: all"), "counts"),
        (("  advice:", "  advise:"), "advise"),
        (("  title: Essai\n", ""), "title"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_its_place(change, told):
    assert reading.read(DUTY, {})
    with pytest.raises(core.DutiesError, match="essai") as refused:
        reading.read(DUTY.replace(*change), {})
    assert told in str(refused.value)


def test_the_same_code_twice_is_refused():
    with pytest.raises(core.DutiesError, match="same code"):
        reading.read(DUTY + DUTY.replace("\nduties:\n", ""), {})


@pytest.mark.parametrize(
    ("value", "said"), [(3500, "3\u202f500"), (49.5, "49,5"), (12.0, "12"), (1_234_567, "1\u202f234\u202f567")]
)
def test_numbers_are_written_as_french_does(value, said):
    assert wording.number(value) == said
