"""What is to be written of one record, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.harvest.model import Problem

ADDED, CHANGED, RETURNED, VANISHED, ARCHIVED = "added", "changed", "returned", "vanished", "archived"


@frozen
class Work:
    """One record to write.

    ``package`` is what the source says now, as mapped (no ``name``), None when only the record row changes or the
    dataset is archived; ``before`` what it said last; ``kept_fields`` stay as people made them. ``record`` holds the
    columns of the row of the record, written in the same transaction.
    """

    identifier: str
    verdict: str
    dataset_id: str
    position: int | None = None
    package: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    kept_fields: tuple[str, ...] = ()
    record: Mapping[str, Any] = field(factory=dict)


@frozen
class Outcome:
    """What came of a work: written, or a French sentence that says why not.

    ``problems``: values that were left aside and fields that are missing; the dataset came all the same.
    """

    identifier: str
    position: int | None
    dataset_id: str
    ok: bool
    message: str = ""
    problems: tuple[Problem, ...] = ()
