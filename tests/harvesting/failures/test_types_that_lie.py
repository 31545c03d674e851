"""Plain Turtle or JSON-LD said to be something else is read for what it is."""

from __future__ import annotations

import json

import pytest

from tests.harvesting import engine
from tests.harvesting.catalogue import Portal

LD = {
    "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
    "@graph": [
        {"@id": f"https://a.example/d/{n}", "@type": "dcat:Dataset", "dct:title": f"Jeu {n}", "dct:identifier": str(n)}
        for n in range(2)
    ],
}


@pytest.mark.parametrize("media", ["text/plain", "application/octet-stream", "application/json", "text/html"])
def test_turtle_and_json_ld_are_read_whatever_they_are_said_to_be(site, towns, media):
    site.files |= {"/a": Portal.of(site.address, 2).turtle(), "/b": json.dumps(LD).encode()}
    site.types |= {"/a": media, "/b": media}
    sources = [engine.source(site.url(path), towns["viriat"], path) for path in ("/a", "/b")]
    for source in sources:
        assert engine.run(source).state == "done"
        assert len(engine.datasets(source)) == 2
    engine.sound(*sources)
