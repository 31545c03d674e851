"""Mask cells: all of a column, those where a detector finds something, or only the pieces it finds in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.detectors import DETECTORS
from ckanext.ca3b.rgpd.remedies.flow import quoted
from ckanext.ca3b.rgpd.remedies.model import RemedyError

from .base import CELLS, Kind, text, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.rgpd.detectors import Detector
    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment


def _run(flow: Flow, treatment: Treatment, _: Settings) -> Flow:
    names = flow.present(treatment)
    if not names:
        return flow
    mark = text(treatment, "mark") or None
    only, inside = texts(treatment, "only"), texts(treatment, "inside")
    kinds = texts(treatment, "kinds")
    detectors = [_detector(category) for category in only or inside]
    if inside:
        piece = mark or "[masqué]"
        changed = flow.mapped(
            lambda batch: batch.with_columns(_pieces(batch[name], detectors, kinds, piece) for name in names)
        )
        return changed.told(f"Mentions de personnes masquées dans le texte : {quoted(names)}.")
    if only:
        changed = flow.mapped(
            lambda batch: batch.with_columns(_cells(batch[name], detectors, kinds, mark) for name in names)
        )
        return changed.told(f"Cellules concernées masquées : {quoted(names)}.")
    filled = pl.lit(mark, dtype=pl.String)
    changed = flow.mapped(
        lambda batch: batch.with_columns(
            pl.when(pl.col(name).is_not_null()).then(filled).otherwise(None).alias(name) for name in names
        )
    )
    return changed.told(f"Valeurs masquées : {quoted(names)}.")


def _detector(category: str) -> Detector:
    found = DETECTORS.get(category)
    if found is None or found.classify is None:
        raise RemedyError("params", f"La catégorie « {category} » ne se cherche pas cellule par cellule.")
    return found


def _cells(values: pl.Series, detectors: Sequence[Detector], kinds: Sequence[str], mark: str | None) -> pl.Series:
    rows: set[int] = set()
    for detector in detectors:
        found = detector.find(values)
        rows.update(found.filter(pl.col("kind").is_in(list(kinds)) if kinds else pl.lit(value=True))["row"].to_list())
    places = pl.Series(sorted(rows), dtype=pl.UInt32)
    return values.scatter(places, mark) if rows else values


def _pieces(values: pl.Series, detectors: Sequence[Detector], kinds: Sequence[str], mark: str) -> pl.Series:
    known: dict[str, str] = {}
    distinct = values.drop_nulls().unique()
    for detector in detectors:
        classify = detector.classify
        if classify is None:
            continue
        suspect = distinct.gather(detector.find(distinct)["row"].unique().sort())
        frame = pl.DataFrame({"value": suspect})
        piece = pl.col("value").str.extract_all(detector.pattern) if detector.pattern else pl.concat_list("value")
        frame = frame.with_columns(piece.alias("piece")).explode("piece", empty_as_null=True).drop_nulls("piece")
        frame = frame.with_columns(classify(frame["piece"]).alias("kind")).drop_nulls("kind")
        if kinds:
            frame = frame.filter(pl.col("kind").is_in(list(kinds)))
        for value, found in frame.select("value", "piece").iter_rows():
            known[value] = str(known.get(value, value)).replace(found, mark)
    if not known:
        return values
    return values.replace_strict(list(known), list(known.values()), default=values, return_dtype=pl.String)


MASK = Kind("mask", "Masquer les valeurs", CELLS, _run, frozenset({"mark", "only", "inside", "kinds"}))
