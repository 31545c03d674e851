"""Health and the other data of article 9: religion, union, opinions, orientation, origin, biometrics, convictions."""

from __future__ import annotations

import polars as pl

from ckanext.ca3b.rgpd.words import fold, vocabulary

from .base import Detector, by_expression

_WORDS = vocabulary("sensitive")
_STEMS = tuple(_WORDS["stems"])


def _forms() -> tuple[str, ...]:
    """The stems, with and without their accents."""
    return tuple(sorted({form for stem in _STEMS for form in (stem, fold(stem))}))


DETECTOR = Detector(
    category="health",
    label="Santé, handicap ou autre donnée sensible",
    ground="RGPD art. 9 et 10 ; CRPA L312-1-2",
    headers=tuple(_WORDS["headers"]),
    not_headers=tuple(_WORDS["not_headers"]),
    words=_forms(),
    classify=by_expression(lambda _: pl.lit("said")),
    min_length=4,
    examples=(
        ("pathologie", "Asthme", "named"),
        ("observation", "enfant allergique à l’arachide", "said"),
        ("taux_invalidite", "80", "named"),
        ("syndicat_agent", "CFDT", "named"),
    ),
    counter_examples=(("accessibilite_handicap", "oui"), ("commune", "Viriat"), ("syndicat des eaux", "SIE Ain")),
)
