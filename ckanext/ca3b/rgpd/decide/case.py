"""One column in its table: what the rules of a category ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ckanext.ca3b.rgpd.detectors import DETECTORS
from ckanext.ca3b.rgpd.headers import header_kind, is_about
from ckanext.ca3b.rgpd.words import says

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.rgpd.context import Context
    from ckanext.ca3b.rgpd.observe import ColumnEvidence


@frozen
class Verdict:
    """What a category is in a column: its situation in the policy, how many rows, which first ones."""

    situation: str
    count: int
    rows: tuple[int, ...] = ()


@frozen
class Case:
    """One column, in its table."""

    column: ColumnEvidence
    context: Context
    known: str | None
    """The situation that the schema of the file gives to its own columns, when this is one."""

    @property
    def header(self) -> str:
        """The header."""
        return self.column.header

    def named(self, category: str) -> bool:
        """Tell whether the header announces ``category``."""
        return DETECTORS[category].named(self.header)

    def about(self, topic: str) -> bool:
        """Tell whether the header speaks of ``topic``."""
        return is_about(self.header, topic)

    def says(self, *phrases: str) -> bool:
        """Tell whether the header holds one of ``phrases``."""
        return says(self.header, phrases)

    @property
    def kind(self) -> str:
        """What the header names."""
        return header_kind(self.header)

    @property
    def prose(self) -> bool:
        """Cells are sentences."""
        return self.column.share(r"^\S+(?:\s+\S+){4,}") >= 0.2

    @property
    def beside_people(self) -> bool:
        """Private people are named, or told one by one, in the same rows."""
        return self.context.private_people

    @property
    def some_names(self) -> bool:
        """A column of the table names people, whoever they are."""
        return any(kind != "rare" for kind in self.context.people.values())

    @property
    def open_place(self) -> bool:
        """Rows are places or bodies, whose addresses are public."""
        context = self.context
        return (
            context.facility
            or context.body
            or context.culture
            or context.regulated
            or self.known in {"body", "facility"}
        )

    def all_rows(self, situation: str) -> Verdict:
        """Every filled cell of the column."""
        return Verdict(situation, self.column.filled, tuple(self.column.first))

    def hits(self, situation: str, category: str, kinds: Iterable[str] | None = None) -> Verdict:
        """The rows where ``category`` was found."""
        count = min(self.column.count(category, kinds), self.context.table.rows)
        return Verdict(situation, count, self.column.rows(category, kinds))
