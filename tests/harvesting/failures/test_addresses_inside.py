"""An address that is a path of the server, or that leads into our network, is not read, by whatever way it leads."""

from __future__ import annotations

import socket

import ckan.plugins.toolkit as tk
import pytest

from ckanext.ca3b.fetching import addresses
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal
from tests.harvesting.serving import Site

#: An address of this machine that stands for the internet.
OUTSIDE = "127.0.0.2"


@pytest.fixture
def outside(monkeypatch):
    """A site on the internet: what is on any other address of this machine is inside our network."""
    judged = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: address == OUTSIDE or judged(address))
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.private", False)
    made = Site(OUTSIDE)
    yield made
    made.close()


@pytest.fixture
def inside(site):
    """A service of our own network, which has something to read."""
    site.files["/"] = site.files["/catalog.ttl"] = Portal.of(site.address, 2).turtle()
    return site


@pytest.mark.parametrize(
    "address",
    ["/etc/passwd", "file:///etc/passwd", "ftp://127.0.0.1/catalog.ttl", "gopher://127.0.0.1:6379/_INFO", "catalog"],
)
def test_a_path_of_the_server_is_no_source(towns, address):
    source = engine.source(address, towns["viriat"])
    ended = engine.run(source)
    assert ended.state == "failed"
    assert ended.message
    assert "root:" not in ended.message
    assert engine.known(source) == {}


def test_an_address_of_our_network_is_not_asked(outside, inside, towns):
    port = inside.server.server_port
    for name in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}", f"2130706433:{port}", "169.254.169.254"):
        source = engine.source(f"http://{name}/catalog.ttl", towns["viriat"])
        ended = engine.run(source)
        assert (ended.state, ended.code) == ("failed", "private"), name
    assert inside.asked == []


@pytest.mark.parametrize("there", ["http://127.0.0.1:{port}/", "http://169.254.169.254/latest/meta-data/"])
def test_a_redirection_into_our_network_is_not_followed(outside, inside, towns, there):
    target = there.format(port=inside.server.server_port)
    outside.files["/catalog.ttl"] = lambda handler: handler.say(302, Location=target)
    ended = engine.run(engine.source(outside.url("/catalog.ttl"), towns["viriat"]))
    assert (ended.state, ended.code) == ("failed", "private")
    assert inside.asked == []


def test_a_next_page_inside_our_network_is_not_asked(outside, inside, towns):
    portal = Portal.of(outside.address, 1)
    here = outside.url("/catalog.ttl")
    page = f"<{here}> a hydra:PartialCollectionView ; hydra:next <{inside.url('/catalog.ttl')}> .\n"
    outside.files["/catalog.ttl"] = portal.turtle(more=page)
    source = engine.source(here, towns["viriat"])
    ended = engine.run(source)
    assert (ended.state, ended.complete) == ("done", False)
    assert engine.datasets(source).keys() == {"jeu-0"}
    assert inside.asked == []


def test_a_name_that_leads_elsewhere_when_it_is_connected_to_is_not_followed(outside, inside, towns, monkeypatch):
    """A name server of ours to order: the first answer is outside, the second is inside."""
    port = inside.server.server_port
    answers, looked_up = [OUTSIDE], socket.getaddrinfo

    def changing(host, *given, **named):
        if host != "rebond.example":
            return looked_up(host, *given, **named)
        return looked_up(answers.pop() if answers else "127.0.0.1", *given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    source = engine.source(f"http://rebond.example:{port}/catalog.ttl", towns["viriat"])
    for _ in range(2):
        assert engine.run(source).state == "failed"
    assert inside.asked == []
    assert engine.known(source) == {}
