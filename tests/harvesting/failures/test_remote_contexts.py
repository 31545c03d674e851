"""A JSON-LD document whose context is elsewhere: neither a site nor a file of the server is read for it."""

from __future__ import annotations

import json

import pytest

from tests.harvesting import engine

TITLE = "http://purl.org/dc/terms/title"


@pytest.mark.parametrize("where", ["{inside}/context.jsonld", "file:///etc/passwd", "/etc/passwd", "context.jsonld"])
def test_no_context_is_fetched(site, other_site, towns, where):
    other_site.files["/context.jsonld"] = b'{"@context": {"titre": "' + TITLE.encode() + b'"}}'
    context = where.format(inside=other_site.address)
    document = {"@context": [context, {"dcat": "http://www.w3.org/ns/dcat#"}], "@graph": [
        {"@id": "https://a.example/d/1", "@type": "dcat:Dataset", TITLE: "Jeu", "titre": "Un autre",
         "http://purl.org/dc/terms/identifier": "1"}]}  # fmt: skip
    site.files["/catalog.jsonld"] = json.dumps(document).encode()
    source = engine.source(site.url("/catalog.jsonld"), towns["viriat"])
    ended = engine.run(source)
    assert other_site.asked == []
    assert "/context.jsonld" not in site.asked
    assert ended.state in {"done", "failed"}
    assert "root:" not in json.dumps(
        [ended.message, ended.problems, [one.problems for one in engine.rows(ended).values()]]
    )
    assert all(one["title"] == "Jeu" for one in engine.datasets(source).values())
