"""Time requests to two sites from one client, in turn, so that whatever disturbs the machine disturbs both alike."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT = 60.0


@dataclass
class Client:
    """One kept-alive connection to one site."""

    url: str
    _connection: http.client.HTTPConnection | None = field(default=None, init=False, repr=False)

    def get(self, path: str) -> tuple[float, bytes]:
        """Return the milliseconds between sending the request and having read the whole answer, and the answer.

        Raises RuntimeError when the status is not 200.
        """
        for attempt in (1, 2):
            connection = self._connection or self._connect()
            start = time.perf_counter()
            try:
                connection.request("GET", path, headers={"Accept-Language": "fr", "Host": urlsplit(self.url).netloc})
                response = connection.getresponse()
                body = response.read()
            except (http.client.HTTPException, ConnectionError):
                # The server closes idle connections after two seconds; the time lost is not the page's.
                self.close()
                if attempt == 2:
                    raise
                continue
            elapsed = (time.perf_counter() - start) * 1000
            if response.status != http.client.OK:
                raise RuntimeError(f"{self.url}{path} answered {response.status}")
            return elapsed, body
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close the connection."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _connect(self) -> http.client.HTTPConnection:
        address = urlsplit(self.url)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT)
        self._connection.connect()
        return self._connection


@dataclass(frozen=True)
class Comparison:
    """Times in milliseconds of the same requests to ours and to the peer: one list per round."""

    ours: list[list[float]]
    peer: list[list[float]]

    def percentile(self, fraction: float) -> tuple[float, float]:
        """The percentile for ours and the peer in the round whose ratio is the median one.

        Both figures are of one round, taken in turn within seconds of each other, so that a busy machine slows both;
        the median sets aside the rounds during which something disturbed only one.
        """
        ratios = self.round_ratios(fraction)
        middle = ratios.index(statistics.median_low(ratios))
        return percentile(self.ours[middle], fraction), percentile(self.peer[middle], fraction)

    def round_ratios(self, fraction: float) -> list[float]:
        """Ours over the peer's, round by round."""
        return [
            percentile(ours, fraction) / percentile(peer, fraction)
            for ours, peer in zip(self.ours, self.peer, strict=True)
        ]


def percentile(times: Sequence[float], fraction: float) -> float:
    """The smallest time that at least ``fraction`` of ``times`` do not exceed (nearest rank)."""
    if not times:
        raise ValueError("no time to take a percentile of")
    ordered = sorted(times)
    return ordered[max(0, -(-int(fraction * 1000) * len(ordered) // 1000) - 1)]


def compare(ours: Client, peer: Client, paths: Sequence[str], *, rounds: int, seconds: float) -> Comparison:
    """Ask both sites for ``paths``, one after the other, ``rounds`` times; end early, after a whole round, when
    ``seconds`` have passed. Each request of ours is followed by the same one to the peer, the next pair the other
    way round.
    """
    end = time.monotonic() + seconds
    result = Comparison([], [])
    for _ in range(rounds):
        times: dict[str, list[float]] = {ours.url: [], peer.url: []}
        for number, path in enumerate(paths):
            for site in (ours, peer) if number % 2 else (peer, ours):
                times[site.url].append(site.get(path)[0])
        result.ours.append(times[ours.url])
        result.peer.append(times[peer.url])
        if time.monotonic() > end:
            break
    return result
