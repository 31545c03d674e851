"""What the page of a dataset says of the quality of its description."""

from __future__ import annotations

import logging
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import vocabularies
from ckanext.ca3b.dcat import quality

from . import links, measuring

log = logging.getLogger(__name__)

#: How a rating looks: an icon, and one of the colours of states.
_LOOKS = {
    "excellent": ("fa-check-circle", "on-time"),
    "good": ("fa-check-circle", "on-time"),
    "sufficient": ("fa-circle-half-stroke", "late"),
    "bad": ("fa-pen", "late"),
}
_TYPES = ("dataset", "dataset_series")


def get_helpers() -> dict[str, Any]:
    """Return the helpers, by name."""
    return {"ca3b_quality": ca3b_quality, "ca3b_rating": ca3b_rating, "ca3b_health_menu": ca3b_health_menu}


def ca3b_quality(dataset: dict[str, Any], can_edit: bool = False) -> dict[str, Any] | None:
    """Return what to say of the description of a dataset; None when there is nothing to say, or it cannot be told.

    ``score`` and ``lacks`` as in :class:`ckanext.ca3b.dcat.quality.Quality`; ``published`` tells whether it goes out;
    ``advice`` are, for who may change it, ``{label, points, text, url}``, the most points first; ``hvd`` are
    ``{label, sentence, article, url}``, None for a dataset that is not of high value.
    """
    if dataset.get("type") not in _TYPES or dataset.get("state") == "deleted":
        return None
    try:
        measured = measuring.of(dataset["id"])
        published = measured is not None
        if measured is None and can_edit:
            measured = measuring.of_unpublished(dataset)
    except Exception:  # a measure that fails takes nothing away from the page
        log.exception("The quality of the dataset %s cannot be told", dataset.get("id"))
        return None
    if measured is None:
        return None
    return {
        "score": measured.score,
        "published": published,
        "advice": _advice(dataset, measured) if can_edit else [],
        "hvd": None if measured.lacks is None else [_lack(dataset, one) for one in measured.lacks],
    }


def ca3b_rating(code: str) -> dict[str, str]:
    """Return how a rating is shown: ``label, icon, css``."""
    label = next(one.label for one in quality.catalogue().ratings if one.code == code)
    icon, css = _LOOKS[code]
    return {"label": label, "icon": icon, "css": css}


def ca3b_health_menu() -> bool:
    """Tell whether the reader may see the health of the catalogue."""
    if tk.current_user.is_anonymous:
        return False
    return tk.h.check_access("ca3b_catalogue_health", {})


def _advice(dataset: dict[str, Any], measured: quality.Quality) -> list[dict[str, Any]]:
    found = []
    for one in measured.score.metrics:
        if not one.advice or not one.field or (one.code == "known_licence" and _by_law(dataset)):
            continue
        url = (
            links.file_field(dataset, one.field, list(one.lacking))
            if one.form == "resource"
            else links.dataset_field(dataset, one.field)
        )
        gain = one.maximum - one.points
        found.append({"code": one.code, "label": one.label, "points": gain, "text": one.advice, "url": url})
    return sorted(found, key=lambda each: -each["points"])


def _by_law(dataset: dict[str, Any]) -> bool:
    """Tell whether a dataset has a licence of French law, which the European list does not count: nobody changes it."""
    licence = vocabularies.licences().find(dataset.get("license_id"))
    return licence is not None and licence.decree


def _lack(dataset: dict[str, Any], one: quality.Lack) -> dict[str, str]:
    url = links.dataset_field(dataset, one.field) if one.field else links.file_field(dataset, "", [])
    return {"code": one.code, "label": one.label, "sentence": one.sentence, "article": one.article, "url": url}
