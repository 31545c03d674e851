"""What is read together for many datasets is what CKAN reads for each of them, in a few questions."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import logic, model
from ckan.lib.dictization import model_dictize

from ckanext.ca3b.harvesting import writing
from ckanext.ca3b.harvesting.writing import batch_rows
from ckanext.ca3b.schemas import groups

pytestmark = pytest.mark.usefixtures("portal")
THEMES = '["http://publications.europa.eu/resource/authority/data-theme/ENVI"]'


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The questions that the database is asked during the test."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_):
        said.append(statement)

    sa.event.listen(model.meta.engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(model.meta.engine, "before_cursor_execute", note)


@pytest.fixture
def datasets(source, work) -> list[str]:
    """Datasets with and without keywords, themes, a file that was taken away, a dataset they are related to."""
    groups.load({"ignore_auth": True, "user": "agent-viriat"})
    works = [
        work("mots", tag_string="tri, déchets", notes="Des mots-clés."),
        work("themes", theme=THEMES, tag_string="tri"),
        work("fichiers"),
        work("relie"),
        work("autre"),
        work("rien", resources=[]),
    ]
    ids = [one.dataset_id for one in writing.apply(source, works)]
    model.Session.remove()
    author = {"ignore_auth": True, "user": "agent-viriat"}
    model.Resource.get(works[2].package["resources"][0]["id"]).state = model.State.DELETED
    model.Session.commit()
    related = {"subject": ids[3], "object": ids[4], "type": "depends_on"}
    tk.get_action("package_relationship_create")({**author}, related)
    model.Session.remove()
    return ids


def described(dataset_id: str):
    return logic.package_show_default_and_custom_schemas({"ignore_auth": True, "user": ""}, dataset_id)


def test_datasets_are_described_as_ckan_does(datasets):
    alone = [described(one) for one in datasets]
    model.Session.remove()
    with batch_rows.known(datasets):
        together = [described(one) for one in datasets]
    assert together == alone
    assert [len(one["tags"]) for one, _ in together] == [2, 1, 0, 0, 0, 0]
    assert [len(one["resources"]) for one, _ in together] == [2, 2, 1, 2, 2, 0]
    assert [group["name"] for group in together[1][0]["groups"]], "its theme is a group"
    assert together[3][0]["relationships_as_subject"], "it depends on another one"


def test_a_dataset_of_an_organisation_that_is_gone_is_described_as_ckan_does(datasets, commune):
    model.Group.get(commune["id"]).state = model.State.DELETED
    model.Session.flush()
    alone = described(datasets[0])
    with batch_rows.known(datasets):
        assert described(datasets[0]) == alone
    assert alone[0]["organization"] is None
    model.Session.rollback()


def test_each_dataset_costs_one_question_at_most(datasets, asked):
    plain = [datasets[0], datasets[1], datasets[2], datasets[5]]
    with batch_rows.known(plain):
        before = len(asked)
        for one in plain:
            described(one)
        # CKAN's check of the address, for each; the members of the group of a theme, once.
        assert len(asked) - before <= len(plain) + 1


def test_what_was_not_read_together_is_asked_for_as_usual(datasets, asked):
    with batch_rows.known(datasets[:1]):
        before = len(asked)
        assert described(datasets[2])[0]["id"] == datasets[2]
        assert len(asked) - before > 5
    before = len(asked)
    described(datasets[0])
    assert len(asked) - before > 5, "outside of the block nothing is remembered"


def test_ckan_still_asks_for_the_rows_of_each_dataset():
    """When this fails, CKAN has another way to describe datasets: see whether :mod:`batch_rows` is still needed."""
    names = model_dictize.package_dictize.__code__.co_names
    assert {"_execute"} <= set(names)
    assert model_dictize._execute is batch_rows._answer
