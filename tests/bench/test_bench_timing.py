"""Times are taken in turn, and summed up the way the page about measures says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.timing import Client, Comparison, compare, percentile


class Site(ThreadingHTTPServer):
    """A site that writes down, in a list it shares with another one, who was asked for what."""

    def __init__(self, name: str, asked: list[tuple[str, str]]) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked.append((name, self.path))
                self.send_response(404 if self.path == "/none" else 200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
                self.close_connection = self.path == "/closing"

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def client(self) -> Client:
        return Client(f"http://127.0.0.1:{self.server_port}")


@pytest.fixture
def asked() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def sites(asked) -> Iterator[tuple[Client, Client]]:
    servers = [Site(name, asked) for name in ("ours", "peer")]
    yield servers[0].client, servers[1].client
    for server in servers:
        server.shutdown()
        server.server_close()


def test_both_sites_get_the_same_requests_in_turn_and_neither_always_first(sites, asked):
    times = compare(*sites, ["/a", "/b"], rounds=2, seconds=60)
    one_round = [("peer", "/a"), ("ours", "/a"), ("ours", "/b"), ("peer", "/b")]
    assert asked == one_round * 2
    assert [len(each) for each in times.ours + times.peer] == [2, 2, 2, 2]
    assert all(time > 0 for each in times.ours + times.peer for time in each)


def test_a_round_is_never_cut_short_by_the_clock(sites):
    times = compare(*sites, ["/a", "/b", "/c"], rounds=9, seconds=0)
    assert [len(each) for each in times.ours] == [3]


def test_a_connection_closed_by_the_server_is_opened_again(sites, asked):
    client = sites[0]
    client.get("/closing")
    assert client.get("/next")[1] == b"ok"
    assert asked[-1] == ("ours", "/next")


def test_an_error_page_is_never_timed(sites):
    with pytest.raises(RuntimeError, match="/none answered 404"):
        sites[0].get("/none")


@pytest.mark.parametrize(
    ("times", "fraction", "expected"),
    [
        (range(1, 101), 0.95, 95),
        (range(1, 41), 0.95, 38),
        (range(1, 11), 0.95, 10),
        ([3, 1, 2], 0.5, 2),
        ([7], 0.5, 7),
    ],
)
def test_percentile_is_the_nearest_rank(times, fraction, expected):
    assert percentile(list(times), fraction) == expected


def test_no_time_has_no_percentile():
    with pytest.raises(ValueError, match="no time"):
        percentile([], 0.5)


def test_a_disturbed_round_does_not_change_the_figure():
    quiet = [10.0] * 20
    times = Comparison(ours=[quiet, [900.0] * 20, quiet], peer=[[5.0] * 20] * 3)
    assert times.percentile(0.95) == (10.0, 5.0)
    assert times.round_ratios(0.95) == [2.0, 180.0, 2.0]


def test_both_figures_are_of_the_same_round():
    times = Comparison(ours=[[10.0], [40.0], [90.0]], peer=[[10.0], [20.0], [30.0]])
    assert times.percentile(0.95) == (40.0, 20.0)
