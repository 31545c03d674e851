"""A whole run in French: one sentence for the board, a summary for its page.

A ``run`` is a row of ``ca3b_harvest_run``: a mapping as the actions give it, or the model's object.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from attrs import frozen

from .words import EXPLANATIONS, STATES, VERDICTS, counted, get, label, listed

Tone = Literal["ok", "info", "warning", "error"]

#: How each count is said, alone and in number, and in a plan.
_COUNTED = {
    "added": (("jeu de données ajouté", "jeux de données ajoutés"), ("ajout", "ajouts")),
    "changed": (("modifié", "modifiés"), ("modification", "modifications")),
    "returned": (("revenu", "revenus"), ("retour", "retours")),
    "vanished": (("disparu à la source", "disparus à la source"), ("disparition", "disparitions")),
    "archived": (("archivé", "archivés"), ("archivage", "archivages")),
    "conflicting": (("en conflit", "en conflit"),) * 2,
    "refused": (("non repris", "non repris"),) * 2,
    "review": (("à relire", "à relire"),) * 2,
    "failed": (("en échec", "en échec"),) * 2,
}
_NEEDING = ("failed", "refused", "conflicting", "review")
_RUNNING = {
    "waiting": "En attente d’un ouvrier.",
    "reading": "Le catalogue est en cours de lecture.",
    "planning": "Ce qui a été lu est comparé à ce que le portail a déjà.",
    "applying": "Les changements s’écrivent.",
}
_ENDED = {
    "failed": "Le catalogue n’a pas pu être lu.",
    "interrupted": "Le programme s’est arrêté en route\xa0; le prochain moissonnage reprend, sans rien doubler.",
    "cancelled": "Annulé\xa0: rien n’a été écrit.",
    "unchanged": "Le catalogue n’a pas changé depuis la dernière lecture\xa0: rien n’a été écrit.",
    "held": "Arrêté avant d’écrire, pour être confirmé.",
}
_INCOMPLETE = "La lecture n’est pas allée jusqu’au bout\xa0: rien n’est conclu de ce qui n’a pas été lu."


@frozen
class Count:
    """How many records have a verdict, with its word and what it means."""

    code: str
    label: str
    number: int
    explanation: str


@frozen
class Summary:
    """A run for its page: its one sentence, what else is to be known, its counts worst first, what to do now."""

    headline: str
    state_label: str
    tone: Tone
    sentences: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    todo: str = ""


def run_sentence(run: Any) -> str:
    """Return one sentence for a run: what it did, what it waits for, or why it failed."""
    state = get(run, "state", "")
    if state in _RUNNING:
        return " ".join(filter(None, [_RUNNING[state], get(run, "step", "")]))
    if state == "held":
        return " ".join(held(run)) or _ENDED["held"]
    if state in _ENDED:
        return get(run, "message") or _ENDED[state]
    return done(run)


def done(run: Any) -> str:
    """Return what a finished run did, or would do when it only planned."""
    counts = get(run, "counts", {})
    planned = bool(get(run, "only_plan", False))
    said = [counted(counts[code], *forms[1 if planned else 0]) for code, forms in _COUNTED.items() if counts.get(code)]
    same = counts.get("unchanged", 0)
    if not said:
        whole = counted(same, "jeu de données", "jeux de données")
        return f"Rien n’a changé\xa0: {whole}." if same else "Ce catalogue ne contient aucun jeu de données."
    if same:
        said.append(counted(same, "inchangé", "inchangés"))
    whole = listed(said)
    return f"Plan\xa0: {whole}." if planned else f"{whole[:1].upper()}{whole[1:]}."


def held(run: Any) -> list[str]:
    """Return why a run waits for somebody: ``{code, message}`` or ``{code: message}``, as sentences."""
    why = get(run, "held_for") or {}
    return [str(why["message"])] if "message" in why else [str(one) for one in why.values()]


def summary(run: Any) -> Summary:
    """Return a run as its page tells it."""
    counts = get(run, "counts", {})
    found = tuple(
        Count(code, label(VERDICTS, code) if code in VERDICTS else "En échec", counts[code], EXPLANATIONS.get(code, ""))
        for code in ("failed", *VERDICTS)
        if counts.get(code)
    )
    more = [_INCOMPLETE] if _stopped_short(run) else []
    if get(run, "only_plan") and (why := held(run)):
        more += [f"Ce plan attendrait votre confirmation avant d’être appliqué. {' '.join(why)}"]
    return Summary(
        run_sentence(run), label(STATES, get(run, "state")), tone(run), tuple(more), found, todo(run)
    )  # fmt: skip


def tone(run: Any) -> Tone:
    """Return how grave the state of a run is; a word always goes with its colour."""
    state, counts = get(run, "state", ""), get(run, "counts", {})
    if state in {"failed", "interrupted"}:
        return "error"
    if state == "held" or _stopped_short(run) or any(counts.get(code) for code in _NEEDING):
        return "warning"
    return "info" if state in _RUNNING or state == "cancelled" else "ok"


def todo(run: Any) -> str:
    """Return what somebody has to do after a run, ``""`` for nothing."""
    state, counts = get(run, "state", ""), get(run, "counts", {})
    if state == "held":
        return "Regardez le plan, puis confirmez ou annulez\xa0: rien n’est écrit d’ici là."
    if state == "failed":
        return (
            "Vérifiez l’adresse du catalogue ou prévenez qui le tient\xa0; le prochain moissonnage essaiera de nouveau."
        )
    if state == "interrupted":
        return "Rien n’est à faire\xa0: le prochain moissonnage reprend. Vous pouvez le lancer maintenant."
    asked = {
        "conflicting": "dire quelle source fait autorité",
        "review": "relire ce qui attend",
        "failed": "regarder ce qui n’a pas pu être écrit",
        "refused": "envoyer le rapport à qui tient le catalogue",
    }
    said = [words for code, words in asked.items() if counts.get(code)]
    return f"Il reste à {listed(said)}." if said and state == "done" else ""


def duration(run: Any) -> str:
    """Return how long a run took: ``12 secondes``, ``3 minutes``; ``""`` while it is not over."""
    if not get(run, "started") or not get(run, "ended"):
        return ""
    started, ended = (_moment(get(run, name)) for name in ("started", "ended"))
    seconds = max(0, round((ended - started).total_seconds()))
    if seconds < 60:
        return counted(seconds, "seconde", "secondes")
    return counted(round(seconds / 60), "minute", "minutes")


def _moment(value: dt.datetime | str) -> dt.datetime:
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else value


def _stopped_short(run: Any) -> bool:
    return get(run, "state") in {"done", "held"} and not get(run, "complete", True)
