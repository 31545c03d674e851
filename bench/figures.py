"""What a claim measured: one line on the terminal, one entry in ``results.json``."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured claim.

    ``ours`` and ``peer`` are in ``unit``; ``limit`` is the highest ratio the product promises, None when it promises
    none; ``details`` is kept in the results only.
    """

    name: str
    ours: float
    peer: float
    unit: str
    peer_name: str
    limit: float | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Ours over the peer's."""
        return self.ours / self.peer

    @property
    def exceeded(self) -> bool:
        """Whether the promise is broken. The ratio is judged as printed, with three decimals."""
        return self.limit is not None and round(self.ratio, 3) > self.limit

    def lines(self) -> list[str]:
        """The line of the contract, and a second one when the limit is exceeded."""
        lines = [
            (
                f"BENCH {self.name} ours={self.ours:.2f} peer={self.peer:.2f} ratio={self.ratio:.3f} "
                f"unit={self.unit} peer_name={self.peer_name}"
            )
        ]
        if self.exceeded:
            lines.append(f"LIMIT {self.name} ratio={self.ratio:.3f} limit={self.limit:.2f} exceeded")
        return lines

    def record(self) -> dict[str, Any]:
        """The entry of ``results.json``."""
        return asdict(self) | {"ratio": self.ratio, "exceeded": self.exceeded}
