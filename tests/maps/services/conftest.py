"""A site of map services on this machine, whose answers have the shapes of GeoServer's, QGIS's, IGN's and Esri's."""

from __future__ import annotations

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from ckanext.ca3b.fetching import Limits, fetch
from ckanext.ca3b.maps.services import Reply

ANSWERS = Path(__file__).parent / "answers"


class Site:
    """What the site answers, by path; ``asked`` are the requests that came."""

    def __init__(self):
        self.pages: dict[str, object] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.ranges = True
        self.headers: dict[str, str] = {}
        self.url = ""

    def answer(self, path, query):
        page = self.pages.get(path)
        return page(query) if callable(page) else page


@pytest.fixture
def site():
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            query = {name.lower(): value for name, value in parse_qsl(parts.query, keep_blank_values=True)}
            here.asked.append((parts.path, query))
            body = here.answer(parts.path, query)
            status = 200 if body is not None else 404
            body = body or b""
            wanted = self.headers.get("Range")
            if wanted and here.ranges:
                first, last = (int(one) for one in wanted.removeprefix("bytes=").split("-"))
                status, body = 206, body[first : last + 1]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            for name, value in here.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here.url = f"http://127.0.0.1:{server.server_port}"
    yield here
    server.shutdown()


@pytest.fixture
def ask():
    """The guarded way out, allowed to come here."""

    def asked(url, *, size, headers=None):
        target = io.BytesIO()
        found = fetch(url, target, Limits(size, 10, private=True), headers=headers)
        return Reply(found.url, found.status, target.getvalue(), found.headers)

    return asked
