"""Template helpers of the base plugin; every public name begins with ``ca3b_`` or chains one of CKAN's."""

from __future__ import annotations

from typing import Any, TYPE_CHECKING

import ckan.plugins.toolkit as tk

from ckanext.ca3b import formatting

if TYPE_CHECKING:
    from collections.abc import Callable


def ca3b_date(value: formatting.Moment, with_time: bool = False) -> str:
    """Write a date in full; see :func:`ckanext.ca3b.formatting.date`."""
    return formatting.date(value, with_time=with_time)


def ca3b_number(value: float | str | None) -> str:
    """Write a number; see :func:`ckanext.ca3b.formatting.number`."""
    return formatting.number(value)


def ca3b_filesize(value: float | str | None) -> str:
    """Write a size given in bytes; see :func:`ckanext.ca3b.formatting.filesize`."""
    return formatting.filesize(value)


@tk.chained_helper
def render_datetime(
    next_helper: Callable[..., str],
    datetime_: Any,
    date_format: str | None = None,
    with_hours: bool = False,
    with_seconds: bool = False,
) -> str:
    """Write the hour as the language does, where CKAN's own writes ``novembre 22, 2026, 16:03 (UTC)``."""
    if with_hours and not date_format and not with_seconds:
        return formatting.date(datetime_, with_time=True)
    return next_helper(datetime_, date_format, with_hours, with_seconds)


@tk.chained_helper
def localised_filesize(next_helper: Callable[..., str], number: float) -> str:  # noqa: ARG001
    """Write sizes in ko and Mo in CKAN's own pages too."""
    return formatting.filesize(number)
