"""One catalogue on three nights: what came, changed and went is what the portal has, and local edits stay."""

from __future__ import annotations

from ckan.tests.helpers import call_action

from tests.harvesting import engine
from tests.harvesting.catalogue import numbered


def test_three_successive_states_of_a_catalogue(site, published):
    source, portal = published(10)
    first = engine.run(source)
    assert (first.counts["added"], first.state) == (10, "done")
    ids = {identifier: one["id"] for identifier, one in engine.datasets(source).items()}

    portal.entries[0].title = "Titre de la deuxième nuit"
    portal.entries[1].files += (site.url("/de-plus.csv"),)
    portal.entries[2].keywords = ()
    gone = portal.entries.pop(9)
    portal.entries.append(numbered(site.address, 10))
    site.files["/catalog.ttl"] = portal.turtle()
    second = engine.run(source)
    told = {name: second.counts[name] for name in ("added", "changed", "vanished", "unchanged")}
    assert told == {"added": 1, "changed": 3, "vanished": 1, "unchanged": 6}
    shown = engine.datasets(source)
    assert shown["jeu-0"]["title"] == "Titre de la deuxième nuit"
    assert len(shown["jeu-1"]["resources"]) == 2
    assert shown["jeu-2"]["tags"] == [], "what the source takes away goes"
    engine.sound(source)

    portal.entries[0].title = "Titre de la troisième nuit"
    portal.entries[1].files = portal.entries[1].files[:1]
    portal.entries.append(gone)
    site.files["/catalog.ttl"] = portal.turtle()
    third = engine.run(source)
    told = {name: third.counts[name] for name in ("added", "changed", "returned", "unchanged")}
    assert told == {"added": 0, "changed": 2, "returned": 1, "unchanged": 8}
    shown = engine.datasets(source)
    assert {identifier: shown[identifier]["id"] for identifier in ids} == ids
    assert shown["jeu-0"]["title"] == "Titre de la troisième nuit"
    assert len(shown["jeu-1"]["resources"]) == 1
    engine.sound(source)
    assert engine.run(source).counts["unchanged"] == 11


def edited(source: str, identifier: str, **fields) -> None:
    """Change a dataset as an agent does, on the portal."""
    call_action("package_patch", context=engine.operator(), id=engine.known(source)[identifier].dataset_id, **fields)


def test_fields_that_the_operator_keeps_stay_and_the_others_follow(site, published):
    source, portal = published(3)
    engine.run(source)
    edited(source, "jeu-0", title="Titre corrigé", notes="Description corrigée.")
    call_action(
        "ca3b_harvest_record_keep", context=engine.operator(), fields=["title"],
        dataset_id=engine.known(source)["jeu-0"].dataset_id,
    )  # fmt: skip
    portal.entries[0].title, portal.entries[0].description = "Nouveau titre", "Nouvelle description."
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(source)
    shown = engine.datasets(source)["jeu-0"]
    assert (shown["title"], shown["notes"]) == ("Titre corrigé", "Nouvelle description.")
    engine.sound(source)


def test_what_the_source_never_said_stays_as_it_was_completed_here(site, published):
    source, portal = published(2)
    engine.run(source)
    edited(source, "jeu-0", version_notes="Relu par le service urbanisme.", frequency="")
    portal.entries[0].title = "Nouveau titre"
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(source)
    shown = engine.datasets(source)["jeu-0"]
    assert (shown["title"], shown["version_notes"]) == ("Nouveau titre", "Relu par le service urbanisme.")
    engine.sound(source)
