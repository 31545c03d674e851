"""A score as it is kept beside the description it was computed on: small, and whole again when read.

Sentences are not kept: they are those of the version that shows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from .hvd import Lack, hvd_lacks, is_hvd, lacks
from .scoring import assemble, score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from .model import Score

#: Changes when what is kept changes: what another version kept is computed again.
VERSION = 1


@attrs.frozen
class Quality:
    """The score of a dataset and, for one of high value (None otherwise), what the regulation lacks."""

    score: Score
    lacks: tuple[Lack, ...] | None


def measure(graph: Graph, dataset: Node, *, reachable: Mapping[str, int | None] | None = None) -> Quality:
    """Return the quality of a dataset described by a graph; see :func:`.scoring.score` for ``reachable``."""
    missing = tuple(hvd_lacks(graph, dataset)) if is_hvd(graph, dataset) else None
    return Quality(score(graph, dataset, reachable=reachable), missing)


def pack(quality: Quality) -> dict[str, Any]:
    """Return what to keep, as JSON values.

    ``{version, points, unknown, rating, files, metrics: {code: state}, lacking: {code: [uri]}, faults: [sentence],
    hvd: [code] or None}``
    """
    found = quality.score
    return {
        "version": VERSION,
        "points": found.points,
        "unknown": found.unknown,
        "rating": found.rating.code,
        "files": found.files,
        "metrics": {one.code: one.state for one in found.metrics},
        "lacking": {one.code: list(one.lacking) for one in found.metrics if one.lacking},
        "faults": list(found.faults),
        "hvd": None if quality.lacks is None else [one.code for one in quality.lacks],
    }


def unpack(kept: Any) -> Quality | None:
    """Return what :func:`pack` kept; None for what another version kept, or for nothing."""
    if not isinstance(kept, dict) or kept.get("version") != VERSION:
        return None
    found = assemble(kept["metrics"], kept["lacking"], tuple(kept["faults"]), files=kept["files"])
    missing = None if kept["hvd"] is None else tuple(lacks()[code] for code in kept["hvd"])
    return Quality(found, missing)
