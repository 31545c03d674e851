"""The catalogue as a table: the schema « catalogue » of the SCDL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import views

if TYPE_CHECKING:
    from flask import Blueprint


def blueprints() -> list[Blueprint]:
    """Return the addresses."""
    return [views.listing]
