"""Sites that drip, hang, never end or explode once decompressed: the run ends in time and in little memory."""

from __future__ import annotations

import gzip
import resource
import time
import zlib
from functools import cache

import ckan.plugins.toolkit as tk
import pytest

from tests.harvesting import engine
from tests.harvesting.catalogue import Portal


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(300):
        handler.wfile.write(b"#")
        handler.wfile.flush()
        time.sleep(0.05)


def hang(_handler):
    time.sleep(15)


def endless(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"10000\r\n" + b"#" * 0x10000 + b"\r\n")


@cache
def zeros():
    """300 MB of nothing, compressed to 300 kB."""
    packing = zlib.compressobj(9, wbits=31)
    return b"".join([*(packing.compress(bytes(1_000_000)) for _ in range(300)), packing.flush()])


def bomb(handler):
    handler.say(body=zeros(), Content_Encoding="gzip")


def bomb_of_bombs(handler):
    handler.say(body=gzip.compress(zeros()), Content_Encoding="gzip, gzip")


@pytest.mark.parametrize(
    ("hostile", "code"),
    [(drip, "too-long"), (hang, "too-long"), (endless, "too-big"), (bomb, "too-big"), (bomb_of_bombs, "too-big")],
)
def test_the_run_fails_in_time_in_little_memory_and_touches_nothing(site, published, monkeypatch, hostile, code):
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.request_seconds", 2)
    source, _ = published(2)
    engine.run(source)
    zeros()
    site.files["/catalog.ttl"] = hostile
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ended = engine.run(source)
    assert (ended.state, ended.code) == ("failed", code)
    assert ended.message
    assert time.monotonic() - begun < 12
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000, "kilobytes"
    assert len(engine.datasets(source)) == 2
    engine.sound(source)


def test_a_bomb_on_the_second_page_costs_nothing_of_the_first(site, towns):
    portal = Portal.of(site.address, 4)
    site.files |= portal.pages(2) | {"/catalog.ttl?page=2": bomb}
    source = engine.source(site.url("/catalog.ttl"), towns["viriat"])
    ended = engine.run(source)
    assert (ended.state, ended.complete) == ("done", False)
    assert engine.datasets(source).keys() == {"jeu-0", "jeu-1"}
    engine.sound(source)


def test_pages_that_are_each_in_time_stop_with_the_time_of_the_whole(site, towns, monkeypatch):
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.seconds", 2)
    portal = Portal.of(site.address, 40)
    for path, body in portal.pages(1).items():
        site.files[path] = lambda handler, body=body: (time.sleep(0.3), handler.say(body=body))
    source = engine.source(site.url("/catalog.ttl"), towns["viriat"])
    begun = time.monotonic()
    ended = engine.run(source)
    assert (ended.state, ended.complete) == ("done", False)
    assert 1 <= len(engine.datasets(source)) < 12
    assert time.monotonic() - begun < 15
    engine.sound(source)
