"""Sites on the loopback that answer as the products do: by path and query, page by page."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from ckanext.ca3b.harvest.model import Description, Reading
from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Budget, Client, Source

ANSWERS = Path(__file__).parent / "answers"
LOOPBACK = Budget(private=True, delay=0, seconds=30, request_seconds=10)

#: What a site answers to a method, a path and a query: a value (as JSON), a text, bytes, a status, or nothing (404).
Answering = Callable[[str, str, dict[str, str]], Any]


class Site:
    """The address of a site, and what it was asked."""

    def __init__(self, address: str, asked: list[tuple[str, str, dict[str, str]]]) -> None:
        self.address = address
        self.asked = asked

    def paths(self) -> list[str]:
        """Return the paths that were asked, in order."""
        return [path for _, path, _ in self.asked]


@contextmanager
def serving(answering: Answering, headers: dict[str, str] | None = None) -> Iterator[Site]:
    """Serve a product on the loopback; ``@HERE@`` in what it answers is its address."""
    asked: list[tuple[str, str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            asked.append((self.command, unquote(parts.path), query))
            found = answering(self.command, unquote(parts.path), query)
            status = found if isinstance(found, int) else 404 if found is None else 200
            if self.command == "PROPFIND" and status == 200:
                status = 207
            body = b"" if found is None or isinstance(found, int) else _bytes(found)
            body = body.replace(b"@HERE@", address.encode())
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Site(address, asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pages(answers: dict[str, Any]) -> Answering:
    """Return a site of these answers by path, whatever else is asked."""
    return lambda _method, path, _query: answers.get(path)


def _bytes(found: Any) -> bytes:
    if isinstance(found, bytes):
        return found
    return found.encode() if isinstance(found, str) else json.dumps(found).encode()


def answer(name: str) -> Any:
    """Return a captured answer: JSON as a value, anything else as a text."""
    content = (ANSWERS / name).read_text("utf-8")
    return json.loads(content) if name.endswith(".json") else content


def read_at(address: str, kind: str = "", budget: Budget = LOOPBACK, **options: str) -> Reading:
    """Read the catalogue that an address means."""
    return read(Client(budget), Source.at(address, **options).of_kind(kind))


def read_file(path: Path) -> Reading:
    """Read the catalogue in a file."""
    return read(Client(LOOPBACK), Source.file(path))


def by_title(reading: Reading) -> dict[str, Description]:
    """Return the datasets by their title."""
    return {each.title: each for each in reading.datasets}


def codes(reading: Reading, identifier: str | None = None) -> set[str]:
    """Return the codes of what is to be mended, in one dataset or in all."""
    return {each.code for each in reading.problems if identifier in {None, each.identifier}}
