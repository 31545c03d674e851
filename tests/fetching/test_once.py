"""What several rooms ask of one address at the same time is asked of its site once."""

from __future__ import annotations

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ckanext.ca3b.fetching import FetchError, Limits, fetch, once

HERE = Limits(size=1000, seconds=5, private=True)


@pytest.fixture
def site():
    """A site that counts what it is asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            body = b"" if self.path == "/none" else b"x" * (600 if self.path == "/big" else 10)
            self.send_response(404 if self.path == "/none" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def got(url, limits=HERE, **named):
    target = io.BytesIO()
    fetch(url, target, limits, **named)
    return target.getvalue()


def test_a_file_is_asked_once_in_a_block_and_again_after_it(site):
    address, asked = site
    with once():
        assert [got(f"{address}/a"), got(f"{address}/a"), got(f"{address}/b")] == [b"x" * 10] * 3
    got(f"{address}/a")
    assert asked == ["/a", "/b", "/a"]


def test_a_failure_is_said_again_without_asking_again(site):
    address, asked = site
    with once():
        for _ in range(2):
            with pytest.raises(FetchError) as refused:
                got(f"{address}/none")
            assert refused.value.code == "status"
    assert asked == ["/none"]


def test_what_one_may_not_have_another_may(site):
    address, asked = site
    small = Limits(size=100, seconds=5, private=True)
    with once():
        with pytest.raises(FetchError) as refused:
            got(f"{address}/big", small)
        assert refused.value.code == "too-big"
        assert len(got(f"{address}/big")) == 600
        with pytest.raises(FetchError):
            got(f"{address}/big", small)
    assert asked == ["/big", "/big"]


def test_a_copy_had_from_our_network_is_not_given_to_whom_it_is_closed(site):
    address, asked = site
    with once():
        got(f"{address}/a")
        with pytest.raises(FetchError) as refused:
            got(f"{address}/a", Limits(size=1000, seconds=5))
    assert refused.value.code == "private"
    assert asked == ["/a"]


def test_a_question_of_its_own_is_always_asked(site):
    address, asked = site
    with once():
        got(f"{address}/a")
        got(f"{address}/a", headers={"Accept": "text/csv"})
    assert asked == ["/a", "/a"]
