"""A catalogue to harvest, as one DCAT document in Turtle, and the server on this machine that gives it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bench.catalogue import Record, records
from bench.dialects import THEME

FILES = 5
_PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_PORT: dict[str, int] = {}
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


def document(size: int, changed: int = 0) -> bytes:
    """Return the catalogue of ``size`` datasets of five files, the description of ``changed`` of them rewritten."""
    wanted = records(size)
    every = size // changed if changed else 0
    parts = [_dataset(n, record, is_changed=bool(every) and n % every == 0) for n, record in enumerate(wanted)]
    members = ", ".join(f"<{_uri(n)}>" for n in range(size))
    root = f'<https://moisson.example.org/> a dcat:Catalog ; dct:title "Catalogue"@fr ; dcat:dataset {members} .\n'
    return "\n".join([_PREFIXES, root, *parts]).encode()


@contextmanager
def served(body: bytes, *, tagged: bool = True) -> Iterator[str]:
    """Give a document on a port of this machine; yield its address.

    ``tagged``: with an entity tag, as most servers do, and the answer 304 to who has it already; the peer never asks.
    """
    tag = f'"{hashlib.sha256(body).hexdigest()}"'

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200)
            if tagged:
                self.send_header("ETag", tag)
            self.send_header("Content-Type", "text/turtle; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()

        def do_GET(self) -> None:
            if tagged and self.headers.get("If-None-Match") == tag:
                self.send_response(304)
                self.send_header("ETag", tag)
                self.end_headers()
                return
            self.do_HEAD()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
            pass

    server = ThreadingHTTPServer(("127.0.0.1", _PORT.get("", 0)), Handler)
    _PORT[""] = server.server_port  # the same address for each run
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/catalogue.ttl"
    finally:
        server.shutdown()
        server.server_close()


def _uri(number: int) -> str:
    return f"https://moisson.example.org/jeux/{number}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _dataset(number: int, record: Record, *, is_changed: bool) -> str:
    notes = record.notes + ("\n\nCe texte vient de changer." if is_changed else "")
    uri = _uri(number)
    urls = [f"{uri}/{place}.csv" for place in range(FILES)]
    keywords = ", ".join(f"{_text(tag.replace('’', ' '))}@fr" for tag in record.tags)
    lines = [
        f"<{uri}> a dcat:Dataset ; dct:identifier {_text(f'jeu-{number}')} ; dct:title {_text(record.title)}@fr ;",
        f"  dct:description {_text(notes)}@fr ; dcat:keyword {keywords} ; dcat:theme <{THEME}{record.theme}> ;",
        f"  dct:issued {_text(record.period[0])}^^xsd:date ; dct:modified {_text(record.period[1])}^^xsd:date ;",
        f"  dct:publisher [ a foaf:Organization ; foaf:name {_text(record.commune.name)} ] ;",
        f"  dcat:contactPoint [ a vcard:Organization ; vcard:fn {_text(record.contact_name)} ;",
        f"    vcard:hasEmail <mailto:{record.contact_email}> ] ;",
        f"  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/{record.frequency}> ;",
        f"  dcat:distribution {', '.join(f'<{url}#fichier>' for url in urls)} .",
    ]
    for place, url in enumerate(urls):
        lines += [
            f'<{url}#fichier> a dcat:Distribution ; dct:title "Année {2020 + place}"@fr ; dct:license <{LICENCE}> ;',
            '  dct:description "Un enregistrement par lieu. Encodage UTF-8."@fr ; dct:format "CSV" ;',
            f'  dcat:accessURL <{url}> ; dcat:downloadURL <{url}> ; dcat:mediaType "text/csv" .',
        ]
    return "\n".join(lines)
