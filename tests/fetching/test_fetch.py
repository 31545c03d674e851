"""The file behind a link is fetched within bounds, and never from inside our own network."""

from __future__ import annotations

import io
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ckanext.ca3b.fetching import FetchError, Limits, fetch, is_public

HERE = Limits(size=1000, seconds=5, private=True)


@pytest.fixture(scope="module")
def site():
    """A small web site on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path in {"/drip", "/cut"}:
                return self.slowly()
            if self.headers.get("If-None-Match") == '"v1"':
                self.send_response(304)
                return self.end_headers()
            where = {"/moved": "/file", "/round": "/round", "/ftp": "ftp://viriat.example/a"}.get(self.path)
            self.send_response(302 if where else 404 if self.path == "/none" else 200)
            if where:
                self.send_header("Location", where)
            body = b"x" * (2000 if self.path == "/big" else 10)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return None

        def slowly(self):
            """One byte now and then: never silent for long, never finished."""
            self.send_response(200)
            if self.path == "/cut":
                self.send_header("Content-Length", "1000")
            self.end_headers()
            for _ in range(3 if self.path == "/cut" else 200):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)

        def log_message(self, *_given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("path", ["/file", "/moved"])
def test_a_file_is_fetched_where_it_is_or_was_moved(site, path):
    target = io.BytesIO()
    assert fetch(site + path, target, HERE).url == f"{site}/file"
    assert target.getvalue() == b"x" * 10


@pytest.mark.parametrize(
    ("path", "code"), [("/none", "status"), ("/big", "too-big"), ("/round", "redirects"), ("/ftp", "scheme")]
)
def test_what_goes_beyond_the_bounds_is_refused(site, path, code):
    with pytest.raises(FetchError) as refused:
        fetch(site + path, io.BytesIO(), HERE)
    assert refused.value.code == code


def test_a_site_that_sends_one_byte_now_and_then_is_cut_in_time(site):
    begun = time.monotonic()
    with pytest.raises(FetchError) as refused:
        fetch(site + "/drip", io.BytesIO(), Limits(size=1000, seconds=1, private=True))
    assert refused.value.code == "too-long"
    assert time.monotonic() - begun < 5


def test_a_file_that_stops_before_its_end_is_no_file(site):
    with pytest.raises(FetchError) as refused:
        fetch(site + "/cut", io.BytesIO(), HERE)
    assert refused.value.code == "unreachable"


def test_a_file_that_did_not_change_is_not_sent_again(site):
    target = io.BytesIO()
    found = fetch(site + "/file", target, HERE, headers={"If-None-Match": '"v1"'})
    assert (found.status, found.size, target.getvalue()) == (304, 0, b"")


def test_a_name_nobody_knows_is_said(site):
    with pytest.raises(FetchError) as refused:
        fetch("http://nulle-part.invalid/", io.BytesIO(), HERE)
    assert refused.value.code == "unknown-host"


def test_a_name_that_leads_to_one_address_of_ours_among_others_is_refused_before_anything_is_sent(monkeypatch):
    """A name may lead to several addresses, and to others the next time it is asked: each was judged, once."""
    asked = []

    def looked_up(host, port, **_named):
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("93.184.216.34", "127.0.0.1")
        ]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    with pytest.raises(FetchError) as refused:
        fetch("http://rebond.example/file", io.BytesIO(), Limits(size=10, seconds=5))
    assert (refused.value.code, asked) == ("private", ["rebond.example"])


def test_this_machine_is_not_asked_for_anything_by_default(site):
    with pytest.raises(FetchError) as refused:
        fetch(site + "/file", io.BytesIO(), Limits(size=1000, seconds=5))
    assert refused.value.code == "private"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1",
     "0.0.0.0", "224.0.0.1", "100.64.0.1", "64:ff9b::a00:1"],
)  # fmt: skip
def test_addresses_of_networks_like_ours_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)
