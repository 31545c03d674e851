"""What is said of a map: where its making is, why it is not there."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from .model import DONE, FAILED, NOT_A_MAP, SAMPLED, Map


def stage(found: Map) -> str:
    """Return where the making of a map is, in words; empty when it is over."""
    if found.state in {DONE, FAILED, NOT_A_MAP}:
        return ""
    return {
        "": tk._("Waiting for its turn"),
        "queued": tk._("Waiting for its turn"),
        "reading": tk._("Reading the file"),
        "tiling": tk._("Drawing the tiles"),
        "describing": tk._("Describing the layers"),
    }.get(found.stage, tk._("Drawing the map"))


def message(found: Map | None, *, stale: bool = False) -> str:
    """Return what must be said of a map besides what it shows; empty when all is there."""
    if found is None:
        return tk._("No map was made of this file yet.")
    if found.state in {FAILED, NOT_A_MAP}:
        return (found.error or {}).get("message", "")
    if stale:
        return tk._("This is the map of the file before; that of the new one is being made.")
    if found.state == SAMPLED:
        return tk._("This is a sample: the whole map is being made.")
    return "" if found.state == DONE else tk._("The map is being made: it will be here in a moment.")


def too_large() -> str:
    """Return why a layer has no single file of features."""
    return tk._("This layer is too large for one file of features: use its tiles or its downloads.")


def no_layer() -> str:
    """Return what is said of a layer that does not exist."""
    return tk._("This map has no such layer.")


def no_map() -> str:
    """Return what is said of a file without map."""
    return tk._("This file has no map.")


def not_ready() -> str:
    """Return what is said of a part of a map that is still being made."""
    return tk._("This map is still being made: ask again in a moment.")
