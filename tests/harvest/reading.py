"""Catalogues read in tests: from a text, from files, from a site on the loopback that answers what it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ckanext.ca3b.harvest.model import Description, Reading
from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Budget, Client, Source

#: What tests of the loopback need: private addresses, and no waiting between requests.
LOOPBACK = Budget(private=True, delay=0, seconds=30, request_seconds=10)
PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix locn: <http://www.w3.org/ns/locn#> . @prefix gsp: <http://www.opengis.net/ont/geosparql#> .
@prefix schema: <http://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix adms: <http://www.w3.org/ns/adms#> .
@prefix spdx: <http://spdx.org/rdf/terms#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix time: <http://www.w3.org/2006/time#> .
"""
Answering = Callable[[str], "tuple[int, Mapping[str, str], bytes]"]


def read_text(tmp_path: Path, content: str | bytes, name: str = "catalogue.ttl") -> Reading:
    """Read a catalogue given as a file of this content."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(Client(LOOPBACK), Source.file(path))


def one(tmp_path: Path, properties: str, more: str = "", name: str = "catalogue.ttl") -> Description:
    """Read the one dataset of these properties, in Turtle."""
    text = f"{PREFIXES}\n<https://a.fr/d/1> a dcat:Dataset ; {properties} .\n{more}"
    (found,) = read_text(tmp_path, text, name).datasets
    return found


@contextmanager
def site(pages: Mapping[str, str | bytes | tuple[int, Mapping[str, str], str | bytes]]) -> Iterator[str]:
    """Serve these answers by path and query; ``{site}`` in a text is the address of the site."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            found = pages.get(self.path)
            status, headers, body = (
                found if isinstance(found, tuple) else (200 if found is not None else 404, {}, found or b"")
            )
            content = body.replace("{site}", address).encode() if isinstance(body, str) else body
            etag = headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                status, content = 304, b""
            self.send_response(status)
            for name, value in {"Content-Type": "text/turtle", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def read_site(address: str, budget: Budget = LOOPBACK) -> Reading:
    """Read what is at an address."""
    return read(Client(budget), Source.at(address))


def codes(reading: Reading) -> set[str]:
    """Return the codes of what is to be mended."""
    return {problem.code for problem in reading.problems}
