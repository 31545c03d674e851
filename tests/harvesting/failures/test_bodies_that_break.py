"""Latin-1, broken Turtle, bad JSON: what can be read is read, and what cannot is a sentence, never an exception."""

from __future__ import annotations

import pytest

from tests.harvesting import engine
from tests.harvesting.catalogue import Portal


def source(site, towns, body, path="/catalog.ttl", media="text/turtle"):
    site.files[path], site.types[path] = body, media
    return engine.source(site.url(path), towns["viriat"])


def test_a_latin_1_body_is_read_with_its_accents(site, towns):
    portal = Portal.of(site.address, 2, title="Élagage des chênes")
    id_ = source(site, towns, portal.turtle().decode().encode("latin-1"))
    ended = engine.run(id_)
    assert ended.state == "done"
    assert {one["title"] for one in engine.datasets(id_).values()} == {"Élagage des chênes"}
    assert ended.problems, "its owner is told of the encoding"
    engine.sound(id_)


def test_a_byte_order_mark_and_control_characters_change_nothing(site, towns):
    portal = Portal.of(site.address, 2)
    portal.entries[1].description = "Avant\x0bAprès\x07"
    id_ = source(site, towns, b"\xef\xbb\xbf" + portal.turtle())
    assert engine.run(id_).state == "done"
    assert len(engine.datasets(id_)) == 2
    engine.sound(id_)


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"@prefix dcat: <http://www.w3.org/ns/dcat#> . <a> a dcat:Dataset ; ; ; <<", "text/turtle"),
        (b'{"dataset": [{"title": "Jeu"', "application/json"),
        (b"<?xml version='1.0'?><rdf:RDF><oops", "application/rdf+xml"),
        (b"\x00\x01\x02\x03" * 100, "text/turtle"),
        (b"", "text/turtle"),
        (b"<!doctype html><title>Maintenance</title><p>Le site revient bientot.", "text/html"),
    ],
    ids=["turtle", "json", "xml", "binary", "nothing", "page of maintenance"],
)
def test_what_cannot_be_read_is_said_and_touches_nothing(site, published, body, media):
    id_, _ = published(6)
    engine.run(id_)
    site.files["/catalog.ttl"], site.types["/catalog.ttl"] = body, media
    ended = engine.run(id_)
    assert ended.state in {"failed", "held", "done"}
    assert ended.message or ended.held_for or ended.problems, "it says why"
    assert "Traceback" not in f"{ended.message} {ended.problems}"
    assert {one.state for one in engine.known(id_).values()} == {"present"}
    assert len(engine.datasets(id_)) == 6
    site.files["/catalog.ttl"], site.types["/catalog.ttl"] = Portal.of(site.address, 6).turtle(), "text/turtle"
    assert engine.run(id_).state == "done", "the next night goes as if nothing had been"
    engine.sound(id_)


def test_a_turtle_document_cut_in_the_middle_concludes_nothing_from_what_is_missing(site, published):
    id_, portal = published(9)
    engine.run(id_)
    whole = portal.turtle()
    site.files["/catalog.ttl"] = whole[: len(whole) // 2]
    ended = engine.run(id_)
    assert not ended.complete
    assert {one.state for one in engine.known(id_).values()} == {"present"}
    assert len(engine.datasets(id_)) == 9
