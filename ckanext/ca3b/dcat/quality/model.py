"""What the quality of a description is measured with: metrics, their points, the score that they make."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Literal

import attrs
import yaml

State = Literal["ok", "partial", "no", "unknown"]
Place = Literal["dataset", "distribution", "both"]

#: The states: ``ok``; ``partial`` (the MQA counts it, for the best file has it, but other files lack it);
#: ``no``; ``unknown`` (nobody looked yet: no points, but nothing is held against the dataset either).
OK, PARTIAL, NO, UNKNOWN = "ok", "partial", "no", "unknown"


@attrs.frozen
class Definition:
    """One metric of the MQA: its points, where it is computed, and the field of the form that answers it."""

    code: str
    label: str
    points: int
    of: Place
    form: str
    field: str
    advice: str


@attrs.frozen
class Rating:
    """One of the four ratings of the MQA; ``lowest`` is the least number of points that gives it."""

    code: str
    label: str
    lowest: int


@attrs.frozen
class Catalogue:
    """All the metrics, by dimension (code and label), and the ratings, best first."""

    dimensions: tuple[tuple[str, str, tuple[Definition, ...]], ...]
    ratings: tuple[Rating, ...]

    def definitions(self) -> dict[str, Definition]:
        """Return the metrics by code, in their order."""
        return {one.code: one for _, _, many in self.dimensions for one in many}

    def rating(self, points: int) -> Rating:
        """Return the rating that a number of points gives."""
        return next(one for one in self.ratings if points >= one.lowest)


@attrs.frozen
class Metric:
    """What one metric says of one dataset.

    ``advice`` says in French which field to fill and what to write, empty when nothing lacks; ``lacking`` are the
    distributions (URIs, a few of them) that lack it; ``form`` and ``field`` name the field to fill.
    """

    code: str
    label: str
    points: int
    maximum: int
    state: State
    advice: str = ""
    form: str = ""
    field: str = ""
    lacking: tuple[str, ...] = attrs.field(default=(), converter=tuple)


@attrs.frozen
class Dimension:
    """The metrics of one dimension and what they make together."""

    code: str
    label: str
    points: int
    maximum: int
    metrics: tuple[Metric, ...] = attrs.field(converter=tuple)


@attrs.frozen
class Score:
    """The quality of one description: ``points`` out of ``maximum``; ``unknown`` more may be there, nobody looked.

    ``faults`` are what DCAT-AP finds wrong, in French; ``files`` is the number of distributions.
    """

    dimensions: tuple[Dimension, ...] = attrs.field(converter=tuple)
    faults: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    files: int = 0

    @property
    def points(self) -> int:
        """Return the points that are certain."""
        return sum(one.points for one in self.dimensions)

    @property
    def maximum(self) -> int:
        """Return the most points there can be: 405."""
        return sum(one.maximum for one in self.dimensions)

    @property
    def unknown(self) -> int:
        """Return the points of the metrics that nobody looked at."""
        return sum(one.maximum for one in self.metrics if one.state == UNKNOWN)

    @property
    def rating(self) -> Rating:
        """Return the rating that the certain points give."""
        return catalogue().rating(self.points)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Return the metrics of all the dimensions, in their order."""
        return tuple(metric for one in self.dimensions for metric in one.metrics)

    def as_dict(self) -> dict[str, Any]:
        """Return the whole, as plain values, for programs."""
        return {
            **attrs.asdict(self),
            "points": self.points,
            "maximum": self.maximum,
            "unknown": self.unknown,
            "rating": self.rating.code,
        }


@cache
def catalogue() -> Catalogue:
    """Return the metrics and the ratings of the MQA."""
    text = resources.files(__package__ or "").joinpath("metrics.yaml").read_text("utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    dimensions = tuple(
        (one["code"], one["label"], tuple(Definition(**metric) for metric in one["metrics"]))
        for one in content["dimensions"]
    )
    ratings = tuple(Rating(one["code"], one["label"], one["from"]) for one in content["ratings"])
    return Catalogue(dimensions, ratings)
