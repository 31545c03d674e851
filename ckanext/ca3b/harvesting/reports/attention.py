"""What needs somebody, for one source: the same words on the board, in the shell and in the e-mail."""

from __future__ import annotations

from typing import Any

from . import runs
from .words import counted, get

#: The codes, what needs somebody most first.
ORDER = (
    "failed",
    "held",
    "interrupted",
    "conflict",
    "write",
    "review",
    "refused",
    "incomplete",
    "overdue",
    "never",
    "draft",
    "vanished",
)
#: Worth an e-mail: the others wait for the next look at the board.
PRESSING = frozenset({"failed", "held", "interrupted", "conflict", "write", "review", "overdue"})


def needs(
    source: Any, run: Any | None, *, conflicts: int = 0, reviews: int = 0, overdue: bool = False
) -> list[dict[str, str]]:
    """Return what needs somebody as ``{code, message}``, worst first.

    :param source: a row of ``ca3b_harvest_source``; ``run``: its last run that was not only a plan, if any.
    :param conflicts: how many of its conflicts are open; ``reviews``: records that wait to be read again.
    :param overdue: its run was due and did not begin.
    """
    of_source = get(source, "state")
    state = get(run, "state", "") if run is not None else ""
    # What a run that was not applied would do is told by its plan.
    counts = get(run, "counts", {}) if state == "done" else {}
    found = {
        "failed": runs.run_sentence(run) if state == "failed" else "",
        "held": runs.run_sentence(run) if state == "held" else "",
        "interrupted": runs.run_sentence(run) if state == "interrupted" else "",
        "conflict": _some(conflicts, "jeu de données est dans deux sources\xa0: dites laquelle fait autorité.",
                          "jeux de données sont dans deux sources\xa0: dites laquelle fait autorité."),
        "write": _some(counts.get("failed", 0), "jeu de données n’a pas pu être écrit\xa0: le rapport dit pourquoi.",
                       "jeux de données n’ont pas pu être écrits\xa0: le rapport dit pourquoi."),
        "review": _some(reviews or counts.get("review", 0), "jeu de données attend votre relecture.",
                        "jeux de données attendent votre relecture."),
        "refused": _some(counts.get("refused", 0), "fiche n’a pas pu être reprise\xa0: le rapport dit pourquoi.",
                         "fiches n’ont pas pu être reprises\xa0: le rapport dit pourquoi."),
        "incomplete": "La dernière lecture n’est pas allée jusqu’au bout."
        if state == "done" and not get(run, "complete", True) else "",
        "overdue": "Le moissonnage prévu n’a pas commencé\xa0: vérifiez que les ouvriers tournent." if overdue else "",
        "never": "Cette source n’a jamais été moissonnée."
        if run is None and of_source != "draft" and not overdue else "",
        "draft": "Brouillon\xa0: regardez l’aperçu, puis approuvez la source." if of_source == "draft" else "",
        "vanished": _some(counts.get("vanished", 0) if state == "done" else 0,
                          "jeu de données vient de disparaître à la source.",
                          "jeux de données viennent de disparaître à la source."),
    }  # fmt: skip
    return [{"code": code, "message": found[code]} for code in ORDER if found[code]]


def _some(number: int, one: str, many: str) -> str:
    return counted(number, one, many) if number else ""
