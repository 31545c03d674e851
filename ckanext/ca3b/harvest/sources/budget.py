"""How much one reading of one catalogue may cost."""

from __future__ import annotations

from attrs import frozen


@frozen
class Budget:
    """Limits of one reading.

    ``seconds`` for all of it and ``request_seconds`` for one request; ``size`` bytes for all answers once decompressed
    and ``answer_size`` for one; ``pages`` asked as pages; ``requests`` of any sort; ``delay`` seconds between two
    requests; ``private`` allows addresses that are not the internet's (settings of the portal, tests).
    """

    seconds: float = 1800
    request_seconds: float = 120
    size: int = 2_000_000_000
    answer_size: int = 300_000_000
    pages: int = 5_000
    requests: int = 20_000
    delay: float = 0.2
    private: bool = False
