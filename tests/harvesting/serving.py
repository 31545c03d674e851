"""A web site on this machine that does what the test wants: files by path, or a function that answers by itself."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Site:
    """What it gives at each path (bytes, or a function of the handler), and what it was asked, with the moments.

    ``types`` are the content types by path; ``tags`` the ETag by path: with one, the site answers 304 when asked.
    ``together`` is the greatest number of questions it had to answer at the same time.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.files: dict[str, bytes | Callable[[Any], None]] = {}
        self.types: dict[str, str] = defaultdict(lambda: "application/octet-stream")
        self.tags: dict[str, str] = {}
        self.asked: list[str] = []
        self.times: list[float] = []
        self.together = 0
        self._open, self._guard = 0, threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.begin(self.path)
                try:
                    with suppress(OSError):  # the client has gone
                        site.answer(self)
                finally:
                    site.end()

            def say(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_given: Any) -> None:
                pass

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads, self.server.block_on_close = True, False
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://{host}:{self.server.server_port}"

    def begin(self, path: str) -> None:
        with self._guard:
            self.asked.append(path)
            self.times.append(time.monotonic())
            self._open += 1
            self.together = max(self.together, self._open)

    def end(self) -> None:
        with self._guard:
            self._open -= 1

    def answer(self, handler: Any) -> None:
        given = self.files.get(handler.path)
        if callable(given):
            given(handler)
        elif given is None:
            handler.say(404)
        elif handler.path in self.tags and handler.headers.get("If-None-Match") == self.tags[handler.path]:
            handler.say(304, ETag=self.tags[handler.path])
        else:
            tag = {"ETag": self.tags[handler.path]} if handler.path in self.tags else {}
            handler.say(body=given, Content_Type=self.types[handler.path], **tag)

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
