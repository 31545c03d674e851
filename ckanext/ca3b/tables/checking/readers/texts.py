"""Texts and their formats."""

from __future__ import annotations

import base64
import re
from functools import cache
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.schemas import SchemaError

from .base import LENGTHS, Reader, attempt

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from ckanext.ca3b.tables.schemas import Field

# RFC 3986 asks nothing more of a generic address than its scheme.
_SCHEME = "^[a-zA-Z][a-zA-Z0-9+.-]*:"
_UUID = "^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"


def string_reader(field: Field) -> Reader:
    """Text, in one of the formats of Table Schema."""
    known = {"default": str, "uri": _uri, "email": _email, "uuid": _uuid, "binary": _binary}
    if field.format not in known:
        raise SchemaError(f"Colonne « {field.name} » : le format de texte « {field.format} » est inconnu.")
    sure: dict[str, Callable[[pl.Expr], pl.Expr]] = {
        "default": lambda text: text.is_not_null(),
        "uri": lambda text: text.str.contains(_SCHEME),
        "uuid": lambda text: text.str.contains(_UUID),
    }
    return Reader(
        parse=known[field.format],
        constraints=("required", *LENGTHS, "pattern", "enum"),
        sure=sure.get(field.format),
        always=field.format == "default",
        sure_key=lambda text: text,
    )


def any_reader(_: Field) -> Reader:
    """Whatever is written."""
    return Reader(
        parse=str,
        constraints=("required", "enum"),
        always=True,
        sure=lambda text: text.is_not_null(),
        sure_key=lambda text: text,
    )


def _uri(text: str) -> str | None:
    return text if re.match(_SCHEME, text) else None


def _email(text: str) -> str | None:
    return text if _is_email()(text) else None


@cache
def _is_email() -> Callable[[str], bool]:
    import validators  # noqa: PLC0415 - only schemas with addresses need it

    return lambda text: validators.email(text) is True


@attempt
def _uuid(text: str) -> str | None:
    import uuid  # noqa: PLC0415 - same

    return text if uuid.UUID(text) else None


@attempt
def _binary(text: str) -> str:
    base64.b64decode(text)
    return text
