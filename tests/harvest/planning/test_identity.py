"""Ids that stay: of datasets, and of files whatever their catalogue renames."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.harvest.model import Resource
from ckanext.ca3b.harvest.planning import KnownResource, dataset_id, resource_ids

DATASET = dataset_id("source", "1")
texts = st.sampled_from(["", "a", "b", "c"])
files = st.lists(st.builds(Resource, url=texts, format=texts, title=texts, identifier=texts), max_size=6)
known_files = st.lists(
    st.builds(KnownResource, id=st.uuids().map(str), identifier=texts, url=texts, format=texts, title=texts),
    max_size=6,
    unique_by=lambda one: one.id,
)


def known(*resources: Resource) -> list[KnownResource]:
    """Return files as the portal knows them once they were written."""
    ids = resource_ids(DATASET, resources, [])
    return [
        KnownResource(id_, one.identifier, one.url, one.format, one.title)
        for id_, one in zip(ids, resources, strict=True)
    ]


def test_two_sources_with_the_same_identifier_bring_two_datasets():
    assert dataset_id("a", "1") != dataset_id("b", "1")
    assert dataset_id("a", "1") == dataset_id("a", "1")
    assert uuid.UUID(dataset_id("a", "1"))


def test_a_source_and_an_identifier_are_not_mistaken_for_others_that_read_the_same_together():
    assert dataset_id("a", "b1") != dataset_id("ab", "1")


def test_ids_made_by_the_first_version_are_made_for_ever():
    assert dataset_id("source", "1") == "{}".format(
        uuid.uuid5(uuid.UUID("5d2c0f0e-6a0f-5b1e-9a53-0d5f3a6c1b77"), "source\n1")
    )


def test_half_a_character_is_an_identifier_like_another():
    assert dataset_id("source", "\ud800") != dataset_id("source", "\ud801")


def test_a_file_is_known_by_its_identifier_though_all_else_changed():
    before = known(Resource(url="https://a.fr/1.csv", format="CSV", title="Un", identifier="x"))
    assert resource_ids(DATASET, [Resource(url="https://b.fr/2", format="ZIP", identifier="x")], before) == [
        before[0].id
    ]


def test_a_file_without_identifier_is_known_by_its_address_else_by_its_format_and_title():
    before = known(
        Resource(url="https://a.fr/1.csv", format="CSV", title="Un"),
        Resource(url="https://a.fr/2.csv", format="CSV", title="Deux"),
    )
    after = [
        Resource(url="https://a.fr/deux.csv", format="CSV", title="DEUX"),
        Resource(url="https://a.fr/1.csv", format="CSV", title="Un, corrigé"),
    ]
    assert resource_ids(DATASET, after, before) == [before[1].id, before[0].id]


def test_an_identifier_that_the_portal_does_not_keep_is_found_again_in_the_id_it_gave():
    before = [KnownResource(one.id, url=one.url) for one in known(Resource(url="https://a.fr/1", identifier="17"))]
    assert resource_ids(DATASET, [Resource(url="https://a.fr/other", identifier="17")], before) == [before[0].id]


def test_one_address_in_two_formats_is_two_files():
    before = known(Resource(url="https://a.fr/ws", format="CSV"), Resource(url="https://a.fr/ws", format="JSON"))
    swapped = [Resource(url="https://a.fr/ws", format="JSON"), Resource(url="https://a.fr/ws", format="CSV")]
    assert resource_ids(DATASET, swapped, before) == [before[1].id, before[0].id]


def test_a_file_without_title_is_not_taken_for_another_of_the_same_format():
    before = known(Resource(url="https://a.fr/1.csv", format="CSV"))
    (id_,) = resource_ids(DATASET, [Resource(url="https://a.fr/2.csv", format="CSV")], before)
    assert id_ != before[0].id


def test_a_new_file_at_the_address_that_an_old_one_left_gets_an_id_of_its_own():
    (old,) = known(Resource(url="https://a.fr/1.csv", format="CSV", title="Un"))
    moved = KnownResource(old.id, url="https://a.fr/elsewhere.csv", format="CSV", title="Un")
    ids = resource_ids(
        DATASET,
        [
            Resource(url="https://a.fr/elsewhere.csv", format="CSV", title="Un"),
            Resource(url="https://a.fr/1.csv", format="CSV", title="Nouveau"),
        ],
        [moved],
    )
    assert ids[0] == old.id
    assert len(set(ids)) == 2


@given(files, known_files)
def test_no_id_is_given_twice_and_the_same_question_has_the_same_answer(resources, present):
    ids = resource_ids(DATASET, resources, present)
    assert len(set(ids)) == len(resources)
    assert ids == resource_ids(DATASET, resources, present)


@given(files)
def test_files_read_again_keep_their_ids_in_any_order(resources):
    ids = resource_ids(DATASET, resources, [])
    before = [
        KnownResource(id_, one.identifier, one.url, one.format, one.title)
        for id_, one in zip(ids, resources, strict=True)
    ]
    assert resource_ids(DATASET, resources, before) == ids
    assert set(resource_ids(DATASET, resources[::-1], before)) == set(ids)
