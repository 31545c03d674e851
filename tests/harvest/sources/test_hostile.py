"""Sites that mean harm, or are only broken: a reading always ends, in time, in little memory, outside our network."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
import tracemalloc
import zlib
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from attrs import evolve

from ckanext.ca3b.fetching import addresses
from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Budget, BudgetError, Client, LoopError, Source, SourceError

BUDGET = Budget(private=True, delay=0, seconds=10, request_seconds=5, answer_size=1_000_000, size=3_000_000)
#: An address of this machine that stands for the internet where a test needs both.
OUTSIDE = "127.0.0.2"


@contextmanager
def site(answering, host="127.0.0.1"):
    """Serve what ``answering(handler)`` writes; yields the address and the paths that were asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append(self.path)
            self.close_connection = True
            with suppress(OSError):  # the client has gone: that is what is wanted
                answering(self)

        def say(self, status=200, body=b"", **headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given):
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://{host}:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def internet(monkeypatch):
    """Have one address of this machine judged public: what leads from it to another leads from outside to inside."""
    judged = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: address == OUTSIDE or judged(address))
    return evolve(BUDGET, private=False)


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(300):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_in_the_headers(handler):
    for _ in range(300):
        handler.wfile.write(b"H")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(handler):
    time.sleep(8)


def endless(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


@cache
def zeros():
    """100 MB of nothing, compressed to 100 kB."""
    packing = zlib.compressobj(9, wbits=31)
    return b"".join([*(packing.compress(bytes(1_000_000)) for _ in range(100)), packing.flush()])


def bomb(handler):
    handler.say(body=zeros(), Content_Encoding="gzip")


def bomb_of_bombs(handler):
    handler.say(body=gzip.compress(zeros()), Content_Encoding="gzip, gzip")


@pytest.mark.parametrize("hostile", [drip, drip_in_the_headers, silent])
def test_a_slow_site_is_left_in_time(hostile):
    begun = time.monotonic()
    with site(hostile) as (address, _), pytest.raises(BudgetError) as refused:
        Client(evolve(BUDGET, request_seconds=0.5)).page(address)
    assert refused.value.code == "too-long"
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("hostile", [endless, bomb, bomb_of_bombs])
def test_what_is_too_big_once_decompressed_is_left_before_it_fills_the_memory(hostile):
    zeros()
    with site(hostile) as (address, _):
        client = Client(BUDGET)
        tracemalloc.start()
        try:
            with pytest.raises(BudgetError) as refused:
                client.page(address)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert refused.value.code == "too-big"
    assert peak < 20_000_000, "some times what is allowed, not the hundred megabytes that were sent"


def test_the_volume_of_all_pages_is_bounded():
    with site(lambda handler: handler.say(body=handler.path.encode() + bytes(900_000))) as (address, _):
        client = Client(BUDGET)
        for number in range(3):
            client.page(f"{address}/{number}")
        with pytest.raises(BudgetError):
            client.page(f"{address}/4")
        assert client.size <= BUDGET.size + BUDGET.answer_size


def test_redirections_without_end_are_left():
    with site(lambda handler: handler.say(302, Location=f"{handler.path}x")) as (address, asked):
        with pytest.raises(SourceError) as refused:
            Client(BUDGET).page(f"{address}/")
        assert refused.value.code == "redirects"
        assert len(asked) < 10


@pytest.mark.parametrize(
    "there",
    [
        "http://127.0.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",
    ],
)
def test_no_redirection_leads_into_our_network(internet, there):
    with site(lambda handler: handler.say(body=b"secret")) as (inside, asked):
        target = there.format(port=inside.rsplit(":", 1)[1])
        with site(lambda handler: handler.say(302, Location=target), OUTSIDE) as (address, _):
            with pytest.raises(SourceError) as refused:
                Client(internet).page(address)
            assert refused.value.code == "private"
    assert asked == []


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:6379/_INFO"])
def test_no_redirection_leaves_the_web(internet, there):
    moved = site(lambda handler: handler.say(302, Location=there), OUTSIDE)
    with moved as (address, _), pytest.raises(SourceError) as refused:
        Client(internet).page(address)
    assert refused.value.code == "scheme"


def test_a_page_whose_next_one_is_inside_our_network_leads_nowhere(internet):
    with site(lambda handler: handler.say(body=b"secret")) as (inside, asked):
        page = {"page": 1, "total": 2, "next_page": f"{inside}/2", "data": [
            {"id": "a", "slug": "a", "title": "A", "resources": [], "frequency": "punctual"}]}  # fmt: skip
        with site(lambda handler: handler.say(body=json.dumps(page).encode()), OUTSIDE) as (address, _):
            reading = read(Client(internet), Source.at(f"{address}/api/1/datasets/?q=a"))
    assert ([each.title for each in reading.datasets], reading.complete) == (["A"], False)
    assert asked == []


def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then(internet, monkeypatch):
    """The name is looked up once per connection, and what was judged is what is connected to."""
    with site(lambda handler: handler.say(body=b"secret")) as (inside, asked):
        port = int(inside.rsplit(":", 1)[1])
        answers = iter([OUTSIDE, "127.0.0.1"])
        looked_up = socket.getaddrinfo

        def changing(host, *given, **named):
            return looked_up(next(answers) if host == "rebond.example" else host, *given, **named)

        monkeypatch.setattr(socket, "getaddrinfo", changing)
        with site(lambda handler: handler.say(body=b"public"), OUTSIDE) as (address, outside):
            client = Client(internet)
            there = f"http://rebond.example:{address.rsplit(':', 1)[1]}"
            assert client.page(f"{there}/1").content == b"public"
            with pytest.raises(SourceError) as refused:
                client.page(f"http://rebond.example:{port}/2")
    assert refused.value.code == "private"
    assert (outside, asked) == (["/1"], [])


def test_pages_without_end_stop_at_the_number_allowed_and_what_was_read_stays():
    def answering(handler):
        start = int(handler.path.partition("start=")[2].partition("&")[0] or 0)
        row = {"id": f"d{start}", "name": f"d{start}", "title": f"Jeu {start}", "resources": []}
        handler.say(body=json.dumps({"success": True, "result": {"count": 10**9, "results": [row]}}).encode())

    with site(answering) as (address, _):
        reading = read(Client(evolve(BUDGET, pages=5)), Source.at(address).of_kind("ckan"))
    assert ([each.identifier for each in reading.datasets], reading.complete) == ([f"d{n}" for n in range(5)], False)


def test_the_time_of_the_whole_reading_is_bounded_and_what_was_read_stays():
    def answering(handler):
        time.sleep(0.2)
        start = int(handler.path.partition("start=")[2].partition("&")[0] or 0)
        row = {"id": f"d{start}", "name": f"d{start}", "title": f"Jeu {start}", "resources": []}
        handler.say(body=json.dumps({"success": True, "result": {"count": 10**9, "results": [row]}}).encode())

    begun = time.monotonic()
    with site(answering) as (address, _):
        reading = read(Client(evolve(BUDGET, seconds=1)), Source.at(address).of_kind("ckan"))
    assert 1 <= len(reading.datasets) <= 5
    assert not reading.complete
    assert time.monotonic() - begun < 3


def test_a_page_that_says_again_what_another_said_ends_the_reading():
    with site(lambda handler: handler.say(body=b"the same page " * 100)) as (address, _):
        client = Client(BUDGET)
        client.page(f"{address}/1")
        with pytest.raises(LoopError):
            client.page(f"{address}/2")
        with pytest.raises(LoopError):
            client.page(f"{address}/1#again")


def test_a_broken_compression_is_a_sentence():
    broken = site(lambda handler: handler.say(body=b"this is no gzip", Content_Encoding="gzip"))
    with broken as (address, _), pytest.raises(SourceError) as refused:
        Client(BUDGET).page(address)
    assert refused.value.code == "unreachable"


def test_who_asks_is_said_and_requests_are_spaced():
    agents, times = [], []

    def answering(handler):
        agents.append(handler.headers["User-Agent"])
        times.append(time.monotonic())
        handler.say(body=handler.path.encode())

    with site(answering) as (address, _):
        client = Client(evolve(BUDGET, delay=0.3))
        for number in range(3):
            client.page(f"{address}/{number}")
    assert all(agent.startswith("ckanext-ca3b/") for agent in agents)
    assert all(after - before >= 0.3 for before, after in pairwise(times))


def test_another_host_is_told_who_asks_and_nothing_that_was_for_the_first():
    heard = {}

    def answering(handler):
        heard.update(handler.headers)
        handler.say(body=b"moved here")

    with site(answering, OUTSIDE) as (there, _), site(lambda handler: handler.say(301, Location=there)) as (address, _):
        Client(BUDGET).page(address, accept="text/turtle", headers={"Authorization": "Bearer secret"})
    assert heard["User-Agent"].startswith("ckanext-ca3b/")
    assert heard["Accept"] == "text/turtle"
    assert "Authorization" not in heard
