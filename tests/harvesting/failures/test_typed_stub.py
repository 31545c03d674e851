"""A dataset that is only named, by a service or a series, costs nothing to those that are described."""

from __future__ import annotations

from tests.harvesting import engine


def test_a_typed_stub_does_not_lose_the_source(site, published):
    source, portal = published(3)
    stub = f"""<{site.address}/service> a dcat:DataService ; dcat:servesDataset <{site.address}/ailleurs> .
<{site.address}/ailleurs> a dcat:Dataset .
<{site.address}/serie> a dcat:DatasetSeries ; dct:title "Une série"@fr .
"""
    site.files["/catalog.ttl"] = portal.turtle(more=stub)
    ended = engine.run(source)
    assert ended.state == "done"
    assert {"jeu-0", "jeu-1", "jeu-2"} <= engine.datasets(source).keys()
    assert not [one for one in engine.datasets(source).values() if not one["title"]]
    assert engine.run(source).state == "done"
    engine.sound(source)
