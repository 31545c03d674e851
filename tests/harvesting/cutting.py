"""A way to a real service that can be cut, and mended, in the middle of anything."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from urllib.parse import urlsplit


class Way:
    """Listens on a port of this machine and passes what it hears to ``url``'s service, until it is cut.

    Cut, it refuses connections and ends those that were open, as a service that was stopped does. Stalled, it keeps
    them open and passes nothing.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self._there = (parts.hostname, parts.port)
        self._open: set[socket.socket] = set()
        self._flowing = threading.Event()
        self._flowing.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = url.replace(f"{parts.hostname}:{parts.port}", f"127.0.0.1:{self.port}")
        self._accept()

    def cut(self) -> None:
        """Stop the service, as far as whoever comes by this way can tell."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def stall(self) -> None:
        """Have the service be silent."""
        self._flowing.clear()

    def mend(self) -> None:
        """Have the service be there again, at the same port."""
        self._flowing.set()
        if self._listener.fileno() < 0:
            self._listener = socket.create_server(("127.0.0.1", self.port))
            self._accept()

    def _accept(self) -> None:
        threading.Thread(target=self._listen, args=(self._listener,), daemon=True).start()

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                here, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(here,), daemon=True).start()

    def _pass(self, here: socket.socket) -> None:
        with here, contextlib.suppress(OSError), socket.create_connection(self._there) as there:
            ends = {here: there, there: here}
            self._open |= ends.keys()
            try:
                with selectors.DefaultSelector() as ready:
                    for one in ends:
                        ready.register(one, selectors.EVENT_READ)
                    while True:
                        for key, _ in ready.select():
                            heard = key.fileobj.recv(1 << 16)  # pyright: ignore[reportAttributeAccessIssue]
                            if not heard:
                                return
                            self._flowing.wait()
                            ends[key.fileobj].sendall(heard)  # pyright: ignore[reportArgumentType]
            finally:
                self._open -= ends.keys()
