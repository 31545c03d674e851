"""Counts so small that they speak of somebody, or of one enterprise: the rules of statistical secrecy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.rgpd.detectors import DETECTORS
from ckanext.ca3b.rgpd.headers import is_about
from ckanext.ca3b.rgpd.words import says

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.rgpd.observe import ColumnEvidence

    from .case import Case, Verdict

# Things that are counted too: a small number of them tells nothing of anybody.
_THINGS = (
    "etablissement", "place", "logement", "lit", "structure", "vehicule", "km", "euro", "defibrillateur", "dae",
    "heure", "dose", "jour",
)  # fmt: skip


def small_cells(case: Case, thresholds: Mapping[str, int]) -> Verdict | None:
    """People under the threshold on a sensitive matter; few enterprises beside an amount; one which dominates."""
    if case.about("dominance"):
        return _dominance(case)
    if case.column not in case.context.counts or case.says(*DETECTORS["small_cells"].not_headers):
        return None
    if _sensitive(case):
        return _under(case, thresholds.get("small_cell", 11), "sensitive")
    return _under(case, thresholds.get("enterprises", 3), "enterprise") if _of_enterprises(case) else None


def _under(case: Case, threshold: int, situation: str) -> Verdict | None:
    kinds = [str(number) for number in range(1, threshold)]
    return case.hits(situation, "small_cells", kinds) if case.column.count("small_cells", kinds) else None


def _sensitive(case: Case) -> bool:
    context = case.context
    named = is_about(case.header, "sensitive_topic") or context.titled("sensitive_topic")
    others = [other for other in context.columns if other is not case.column]
    sorts = not (context.culture or context.things or context.facility or context.body)
    topic = named or any(
        is_about(other.header, "sensitive_topic") or (sorts and _of_sensitive_values(other)) for other in others
    )
    if not topic or not (case.named("small_cells") or case.about("count")):
        return False
    return (named or not context.facility) and not case.says(*_THINGS)


def _of_sensitive_values(column: ColumnEvidence) -> bool:
    """Tell whether a column sorts by sensitive matters: « violences intrafamiliales », « bénéficiaires du RSA »."""
    some = list(column.sample)[:_MANY]
    if len(column.sample) > _MANY or column.longest > _LONG or says(column.header, _SUBJECTS):
        return False
    return any(is_about(value, "sensitive_topic") or is_about(value, "sensitive_value") for value in some)


_MANY, _LONG = 200, 80
# What places and bodies are about, which is nobody's.
_SUBJECTS = (
    "theme", "thematique", "domaine", "activite", "objet", "libelle compte", "article", "chapitre", "discipline",
    "public", "public accueilli", "mission", "service", "direction", "dispositif",
)  # fmt: skip


def _of_enterprises(case: Case) -> bool:
    """Tell whether enterprises are counted, and an amount that is theirs stands beside."""
    if not case.about("enterprise") or not case.about("count") or case.about("magnitude"):
        return False
    return any(
        other.filled and is_about(other.header, "magnitude") and other.share("[0-9]") >= 0.5
        for other in case.context.columns
        if other is not case.column
    )


def _dominance(case: Case) -> Verdict | None:
    """A share of the first enterprise above the threshold, written as a percentage or between 0 and 1."""
    greatest = case.column.greatest
    kinds = ["ratio"] if greatest <= 1 else ["percent"]
    if greatest > 100 or not case.column.count("dominance", kinds):
        return None
    return case.hits("dominance", "dominance", kinds)
