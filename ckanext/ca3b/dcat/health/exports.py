"""The health of the catalogue as a CSV: a line per dataset, a column per metric."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.dcat import quality
from ckanext.ca3b.tables.writing import neutralised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STATES = {quality.OK: "oui", quality.PARTIAL: "en partie", quality.NO: "non", quality.UNKNOWN: "non vérifié"}


def lines(datasets: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give the CSV (UTF-8 with its mark, comma), the header first; read a dataset at a time."""
    definitions = quality.catalogue().definitions()
    yield "\ufeff"
    yield _line(
        [
            *("organisme", "jeu_de_donnees", "adresse", "note", "points", "points_sur", "points_non_verifies"),
            *definitions,
            *("a_ameliorer", "donnee_de_forte_valeur", "ce_qui_manque_au_reglement_2023_138"),
        ]
    )
    for one in datasets:
        yield _line(_values(one))


def _values(one: dict[str, Any]) -> list[Any]:
    measured: quality.Quality = one["quality"]
    score, lacks = measured.score, measured.lacks
    address = tk.url_for(f"{one['type']}.read", id=one["name"], qualified=True)
    advice = " ".join(each.advice for each in score.metrics if each.state == quality.NO)
    return [
        *(neutralised(one["organization"]), neutralised(one["title"]), address),
        *(score.rating.label, score.points, score.maximum, score.unknown),
        *(_STATES[each.state] for each in score.metrics),
        advice,
        *(("non", "") if lacks is None else ("oui", " ".join(f"{each.sentence} ({each.article})" for each in lacks))),
    ]


def _line(values: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
