"""Connections that go to the address that was judged, and that end when their time is over.

urllib3 looks names up when it connects and waits for each piece of an answer, not for all of it: a name may lead
elsewhere the second time it is asked, and a site that sends one byte now and then is never late.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError

from . import addresses
from .errors import PrivateAddressError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Deadline:
    """The moment when every connection of one fetch is cut, whatever it is waiting for."""

    def __init__(self, seconds: float) -> None:
        """Start to count."""
        self._end = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        """Have the connections cut in time."""
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Forget the connections."""
        self._timer.cancel()
        with self._lock:
            for one in self._open:
                one.close()
            self._open.clear()

    @property
    def left(self) -> float:
        """Seconds that are left, never below a hundredth: a time-out of zero means no waiting at all."""
        return max(0.01, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Tell whether the time has passed."""
        return time.monotonic() >= self._end

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection at the end; by a second handle, since TLS takes the first one."""
        with self._lock:
            self._open.append(connection.dup())

    def _cut(self) -> None:
        with self._lock:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


def _connected(self: HTTPConnection, deadline: Deadline, *, private: bool) -> socket.socket:
    """Connect to one of the addresses that were judged."""
    try:
        found = addresses.resolve(self._dns_host, self.port, private=private)
    except (socket.gaierror, UnicodeError) as error:
        raise NameResolutionError(self.host, self, error) from error  # pyright: ignore[reportArgumentType]
    last: OSError = OSError("no address")
    for family, kind, protocol, _name, address in found:
        opened = socket.socket(family, kind, protocol)
        try:
            opened.settimeout(min(float(self.timeout or deadline.left), deadline.left))  # pyright: ignore[reportArgumentType]
            opened.connect(address)
            # The same judgement on who answered: what was connected to is what was looked up.
            if not private and not addresses.is_public(str(opened.getpeername()[0])):
                opened.close()
                raise PrivateAddressError(self.host)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            opened.close()
            last = error
            continue
        deadline.watch(opened)
        return opened
    raise NewConnectionError(self, f"Failed to establish a new connection: {last}") from last


def manager(deadline: Deadline, *, private: bool) -> urllib3.PoolManager:
    """Return what asks the web, within the deadline, of public addresses only unless ``private``."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, deadline, private=private)

    class Safe(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, deadline, private=private)

    found = urllib3.PoolManager(num_pools=4)
    found.pool_classes_by_scheme = {
        "http": partial(_pool, HTTPConnectionPool, Plain),
        "https": partial(_pool, HTTPSConnectionPool, Safe),
    }  # pyright: ignore[reportAttributeAccessIssue]
    return found


def _pool(kind: type[HTTPConnectionPool], connection: type[HTTPConnection], *given: Any, **named: Any) -> Any:
    pool = kind(*given, **named)
    pool.ConnectionCls = connection  # pyright: ignore[reportAttributeAccessIssue]
    return pool
