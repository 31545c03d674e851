"""Template helpers of the plugin; every name begins with ``ca3b_table``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import dictionary, status, table_view
from .model import RUNNING, WAITING
from .store.shape import Field, NoTableError, reading, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable


def ca3b_table_preview(resource: dict[str, Any]) -> dict[str, Any] | None:
    """Return the first rows of a table; see :func:`.table_view.preview`."""
    return table_view.preview(resource)


def ca3b_table_exports(resource: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the downloads of a table as (format, address)."""
    return table_view.exports(resource["id"])


def ca3b_table_status(resource: dict[str, Any]) -> dict[str, Any]:
    """Return where the loading of a table is."""
    return status.read(resource["id"])


def ca3b_table_coming(resources: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return where the first table on its way is, None when none of the files has one coming."""
    uploads = [one["id"] for one in resources if one.get("url_type") == "upload"]
    asked = status.known(uploads) if uploads else set()
    found = (status.read(one) for one in uploads if one in asked)
    return next((one for one in found if one["state"] in {WAITING, RUNNING}), None)


def ca3b_table_dictionary(resource: dict[str, Any]) -> list[tuple[Field, str]]:
    """Return the columns of a table with their type in words; empty without table."""
    words = dictionary.type_words()
    try:
        with reading() as cursor:
            fields = shape_of(cursor, resource["id"]).fields
    except NoTableError:
        return []
    return [(field, words.get(field.type, field.type)) for field in fields]


def get_helpers() -> dict[str, Callable[..., Any]]:
    """Return the helpers, for CKAN."""
    functions = (
        ca3b_table_preview, ca3b_table_exports, ca3b_table_status, ca3b_table_coming, ca3b_table_dictionary,
    )  # fmt: skip
    return {function.__name__: function for function in functions}
