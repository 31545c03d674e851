"""What remedies are made of: a treatment, an option shown to a clerk, what was lost, and how well people are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from ckanext.ca3b.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping


class RemedyError(TableError):
    """A treatment that cannot be done as asked; the message is in French, for the clerk."""


def _columns(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value or ())


@frozen
class Treatment:
    """One thing to do. ``columns`` are names of the file as it is; ``kind`` is one of ``KINDS``.

    ``params`` are plain JSON values; each kind documents its own.
    """

    columns: tuple[str, ...] = field(converter=_columns)
    kind: str
    params: Mapping[str, Any] = field(factory=dict)

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Treatment:
        """Read ``{"column" or "columns": …, "kind": …, "params": {…}}``.

        Raises:
            RemedyError: this is no treatment.

        """
        params = said.get("params") or {}
        columns = said.get("columns", said.get("column"))
        listed = isinstance(columns, str) or (
            isinstance(columns, list | tuple) and all(isinstance(name, str) for name in columns)
        )
        if not isinstance(said.get("kind"), str) or not isinstance(params, dict) or not (listed or columns is None):
            raise RemedyError("treatment", "Un traitement dit ses colonnes, son genre et ses réglages.")
        return cls(columns or (), said["kind"], dict(params))


@frozen
class Option:
    """One thing that can be done about one finding, in words for somebody who knows no jargon.

    ``columns`` are all those it treats together, ``column`` that of the finding. Of the options of one finding the
    advised one comes first.
    """

    column: str
    where: str | None
    category: str
    kind: str
    label: str
    params: Mapping[str, Any]
    advised: bool
    reason: str
    columns: tuple[str, ...] = ()

    @property
    def treatment(self) -> Treatment | None:
        """What to ask of `preview` and `apply`; nothing when it is to be done by hand."""
        return None if self.kind == "by_hand" else Treatment(self.columns, self.kind, self.params)


@frozen
class Measures:
    """The three risks of WP216, each from 0 (none) to 1; see `measures` for the formulas."""

    singling_out: float
    linkability: float
    inference: float


@frozen
class ColumnLoss:
    """What one column lost: cells changed, different values before and after, share of its information (0 to 1)."""

    column: str
    changed: int
    distinct_before: int
    distinct_after: int
    information: float


@frozen
class Loss:
    """What the treatments cost. ``information`` goes from 0 (nothing) to 1 (all); see `loss` for the formula."""

    rows: int
    rows_removed: int
    columns_removed: tuple[str, ...]
    columns: tuple[ColumnLoss, ...]
    information: float


@frozen
class Preview:
    """Rows before and after, the changed ones first, and what the whole file would be.

    ``before`` follows ``columns`` and ``after`` follows ``columns_after``. When ``aligned``, they have one entry per
    row and ``None`` in ``after`` says that the row is removed; otherwise (counts instead of rows) they are unrelated.
    ``numbers`` are the data rows shown, from 1.
    """

    columns: tuple[str, ...]
    columns_after: tuple[str, ...]
    numbers: tuple[int, ...]
    before: tuple[tuple[str | None, ...], ...]
    after: tuple[tuple[str | None, ...] | None, ...]
    aligned: bool
    rows: int
    lost: Loss
    measures_before: Measures
    measures_after: Measures
    log: tuple[str, ...]


@frozen
class Result:
    """The file written: its rows and columns, what was lost, what was done (``log``, in French, no value of a cell)."""

    rows: int
    columns: tuple[str, ...]
    lost: Loss
    measures_before: Measures
    measures_after: Measures
    log: tuple[str, ...]
