"""The file behind a link is fetched within bounds, and never from inside our own network."""

from __future__ import annotations

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ckanext.ca3b.privacy.scanning.fetch import FetchError, Limits, fetch, is_public

HERE = Limits(size=1000, seconds=5, private=True)


@pytest.fixture(scope="module")
def site():
    """A small web site on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            where = {"/moved": "/file", "/round": "/round", "/ftp": "ftp://viriat.example/a"}.get(self.path)
            self.send_response(302 if where else 404 if self.path == "/none" else 200)
            if where:
                self.send_header("Location", where)
            body = b"x" * (2000 if self.path == "/big" else 10)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("path", ["/file", "/moved"])
def test_a_file_is_fetched_where_it_is_or_was_moved(site, path):
    target = io.BytesIO()
    assert fetch(site + path, target, HERE) == f"{site}/file"
    assert target.getvalue() == b"x" * 10


@pytest.mark.parametrize(
    ("path", "code"), [("/none", "status"), ("/big", "too-big"), ("/round", "redirects"), ("/ftp", "scheme")]
)
def test_what_goes_beyond_the_bounds_is_refused(site, path, code):
    with pytest.raises(FetchError) as refused:
        fetch(site + path, io.BytesIO(), HERE)
    assert refused.value.code == code


def test_this_machine_is_not_asked_for_anything_by_default(site):
    with pytest.raises(FetchError) as refused:
        fetch(site + "/file", io.BytesIO(), Limits(size=1000, seconds=5))
    assert refused.value.code == "private"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1",
     "0.0.0.0", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_addresses_of_networks_like_ours_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)
