"""Two communes that publish the same URI, or the same numbers: neither takes nor deletes what is the other's."""

from __future__ import annotations

import pytest
from ckan.tests.helpers import call_action

from tests.harvesting import engine
from tests.harvesting.catalogue import Entry, Portal


@pytest.fixture
def two(site, other_site, towns):
    """Two sources of one catalogue each: gives a function of their entries."""

    def publish(ours, theirs):
        for one, entries in ((site, ours), (other_site, theirs)):
            one.files["/catalog.ttl"] = Portal(one.address).turtle(entries)
        return (
            engine.source(site.url("/catalog.ttl"), towns["viriat"], "Viriat"),
            engine.source(other_site.url("/catalog.ttl"), towns["attignat"], "Attignat"),
        )

    return publish


SHARED = "https://donnees.example/jeux/velo"


def test_the_same_uri_is_a_conflict_and_the_first_keeps_it(two, towns):
    first, second = two(
        [Entry("a", "Vélo à Viriat", uri=SHARED, identifier="velo")],
        [Entry("a", "Vélo à Attignat", uri=SHARED, identifier="velo"), Entry("b", "Écoles", identifier="ecoles")],
    )
    engine.run(first)
    ended = engine.run(second)
    assert (ended.state, ended.counts["conflicting"], ended.counts["added"]) == ("done", 1, 1)
    (kept,) = engine.datasets(first).values()
    assert (kept["title"], kept["owner_org"]) == ("Vélo à Viriat", towns["viriat"])
    (conflict,) = engine.open_conflicts()
    assert (conflict.uri, conflict.source_id, conflict.other_source_id) == (SHARED, second, first)
    assert engine.run(second).counts["conflicting"] == 1
    assert len(engine.open_conflicts()) == 1, "said once"


def test_removing_the_second_does_nothing_to_the_first(two, other_site):
    first, second = two(
        [Entry("a", "Vélo", uri=SHARED, identifier="velo")],
        [Entry("a", "Vélo", uri=SHARED, identifier="velo"), Entry("b", "Écoles", identifier="ecoles")],
    )
    engine.run(first)
    engine.run(second)
    other_site.files["/catalog.ttl"] = Portal(other_site.address).turtle([Entry("b", "Écoles", identifier="ecoles")])
    engine.run(second)
    (kept,) = engine.datasets(first).values()
    assert kept["state"] == "active"
    assert engine.known(first)["velo"].state == "present"


def test_the_operator_says_whose_it_is(two, towns):
    first, second = two(
        [Entry("a", "Vélo à Viriat", uri=SHARED, identifier="velo")],
        [Entry("a", "Vélo à Attignat", uri=SHARED, identifier="velo")],
    )
    engine.run(first)
    engine.run(second)
    (conflict,) = engine.open_conflicts()
    call_action("ca3b_harvest_conflict_settle", context=engine.operator(), id=conflict.id, authority_source_id=second)
    engine.run(second)
    engine.run(first)
    engine.run(second)
    shown = engine.found(q="")["results"]
    assert [(one["title"], one["owner_org"]) for one in shown] == [("Vélo à Attignat", towns["attignat"])]


def test_the_literal_id_1_in_two_sources_is_two_datasets(two, towns):
    first, second = two(
        [Entry("a", "Écoles de Viriat", identifier="1")], [Entry("a", "Parkings d’Attignat", identifier="1")]
    )
    engine.run(first)
    ended = engine.run(second)
    assert (ended.counts["added"], ended.counts["conflicting"]) == (1, 0)
    told = [(one["title"], one["owner_org"]) for id_ in (first, second) for one in engine.datasets(id_).values()]
    assert told == [("Écoles de Viriat", towns["viriat"]), ("Parkings d’Attignat", towns["attignat"])]
    assert engine.run(first).counts["unchanged"] == 1
    assert engine.run(second).counts["unchanged"] == 1
    engine.sound(first, second)


def test_two_sources_with_the_same_ids_and_the_same_titles_live_side_by_side(two):
    entries = [Entry(f"jeu{n}", f"Jeu {n}", identifier=f"{n}", files=(f"https://x.example/{n}.csv",)) for n in range(8)]
    first, second = two(entries, entries)
    for source in (first, second, first, second):
        assert engine.run(source).state == "done"
    assert len(engine.datasets(first)) == len(engine.datasets(second)) == 8
    engine.sound(first, second)
