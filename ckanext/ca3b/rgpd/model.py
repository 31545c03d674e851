"""What a scan gives: findings, the decision of each and of the file. No value of a cell is ever kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

DECISIONS = ("pass", "review", "block")
"""From the lightest to the heaviest."""

LOCATED = 1000
"""How many rows of a finding are located, at most."""


@frozen
class Finding:
    """One category in one column.

    ``count`` is a number of rows, ``rows_ratio`` its share of the rows of the table (0 to 1), ``certainty`` goes from
    0 to 1. ``rows`` are data rows from 1, the first ones only; ``lines`` the lines of the file or sheet where they
    begin, when it has any. ``where`` names the sheet, the file of an archive or the list of a JSON document.
    """

    column: str
    category: str
    decision: str
    count: int
    rows_ratio: float
    reason: str
    certainty: float = 1.0
    rows: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    where: str | None = None
    measures: Mapping[str, float] = field(factory=dict)


@frozen
class Report:
    """What is known of one file: its decision is the heaviest of its findings.

    ``not_examined`` says in French what could not be read; a file which has any is held.
    """

    file: str
    decision: str
    findings: tuple[Finding, ...]
    policy: str
    rows: int
    not_examined: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What the reader of the report should know, which holds nothing."""

    @property
    def held(self) -> bool:
        """Tell whether somebody must look at the file before it is public."""
        return self.decision != "pass"


def worst(decisions: list[str]) -> str:
    """Give the heaviest decision, ``pass`` when there is none."""
    return max(decisions, key=DECISIONS.index, default="pass")
