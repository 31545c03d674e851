"""Billion laughs and external entities: nothing is expanded, nothing is fetched, no file of the server is read."""

from __future__ import annotations

import json
import time

import pytest

from tests.harvesting import engine

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCUMENT = """<?xml version="1.0"?><!DOCTYPE rdf:RDF [{doctype}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"
 xmlns:dct="http://purl.org/dc/terms/"><dcat:Dataset rdf:about="https://a.example/d/1">
<dct:identifier>1</dct:identifier><dct:title>{title}</dct:title></dcat:Dataset></rdf:RDF>"""


@pytest.mark.parametrize(
    ("doctype", "title"),
    [
        ('<!ENTITY l0 "ha">' + LAUGHS, "&l9;"),
        ('<!ENTITY big "' + "x" * 100_000 + '">', "&big;" * 2000),
        ('<!ENTITY passwd SYSTEM "file:///etc/passwd">', "&passwd;"),
        ('<!ENTITY inside SYSTEM "{inside}/secret">', "&inside;"),
        ('<!ENTITY % dtd SYSTEM "{inside}/evil.dtd"> %dtd;', "Jeu"),
    ],
    ids=["billion laughs", "quadratic", "file", "site", "dtd"],
)
def test_an_xml_document_reads_nothing_but_itself(site, other_site, towns, doctype, title):
    other_site.files |= {"/secret": b"secret", "/evil.dtd": b""}
    body = DOCUMENT.format(doctype=doctype.replace("{inside}", other_site.address), title=title)
    site.files["/catalog.rdf"] = body.encode()
    source = engine.source(site.url("/catalog.rdf"), towns["viriat"])
    begun = time.monotonic()
    ended = engine.run(source)
    assert time.monotonic() - begun < 15
    assert other_site.asked == []
    told = json.dumps([ended.message, ended.problems, list(engine.datasets(source).values())])
    assert "root:" not in told
    assert "secret" not in told.replace("/secret", "")
    assert "hahaha" not in told
    assert ended.state in {"done", "failed"}
    assert ended.message or ended.problems


def test_a_json_document_nested_without_end_is_a_sentence(site, towns):
    site.files["/data.json"] = b'{"dataset": ' + b"[" * 200_000
    ended = engine.run(engine.source(site.url("/data.json"), towns["viriat"]))
    assert ended.state == "failed"
    assert ended.message
