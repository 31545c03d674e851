"""Does a duty apply, is it fulfilled, is it late: the answers, each with its reason in words.

What is not known is said as such: no duty is put on anybody by default, and none is lifted either.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs

from ckanext.ca3b import freshness

from .matching import attribute
from .model import AGGLOMERATION, COMMUNE, Applies, Body, Conditions, Duty, Found, Rule, State
from .wording import day, french, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .model import Present

#: Days of grace after the rhythm of a text, as for the rhythm that producers promise.
GRACE = 10
_NAMES = {COMMUNE: "La commune", AGGLOMERATION: "L'agglomération"}


def evaluate(
    rules: Sequence[Rule], bodies: Sequence[Body], datasets: Iterable[Present], today: dt.date
) -> dict[str, list[Duty]]:
    """Return the duties of each body by its key, in the order of the rules.

    :param bodies: all those among which the datasets are shared out, not only those of interest.
    :param datasets: public ones, with an open file.
    """
    shared = attribute(rules, bodies, datasets)
    return {
        body.key: [_duty(rule, body, shared.get((body.key, rule.code), []), today) for rule in rules] for body in bodies
    }


def _duty(rule: Rule, body: Body, items: list[Found], today: dt.date) -> Duty:
    found = tuple(attrs.evolve(one, late=late(rule, one.dataset, today)) for one in items)
    verdict, why = applies(rule, body, today)
    if rule.holds and verdict == "unknown" and found:
        verdict, why = "yes", french(f"{_NAMES[body.kind]} publie des données que vise le texte.")
    return Duty(rule, verdict, why, _state(verdict, found), found, rule.advice)


def _state(verdict: Applies, found: Sequence[Found]) -> State:
    """Several datasets may fulfil one duty: it is late when the surest ones all are."""
    if verdict == "no":
        return "not_required"
    if not found:
        return "missing" if verdict == "yes" else "unknown"
    surest = [one for one in found if one.ground == found[0].ground]
    return "late" if all(one.late for one in surest) else "published"


def late(rule: Rule, dataset: Present, today: dt.date) -> str:
    """Say why a dataset is late, by the text first, then by the rhythm its producer promised; '' when it is not."""
    updated = dataset.updated
    if rule.proof.any_dataset or updated is None:
        return ""
    if rule.days and today > updated + dt.timedelta(days=rule.days + GRACE):
        return french(f"À jour au {day(updated)} ; le texte demande une version {rule.rhythm}.")
    promised = freshness.judge(dataset.frequency, updated, today)
    if promised.state == "late" and promised.due:
        return french(f"À jour au {day(updated)} ; la mise à jour promise était attendue le {day(promised.due)}.")
    return ""


def applies(rule: Rule, body: Body, today: dt.date) -> tuple[Applies, str]:
    """Tell whether a duty applies to a body, and why, in sentences."""
    conditions = rule.who.get(body.kind)
    if conditions is None:
        return "no", rule.not_for.get(body.kind, "")
    answers = _answers(rule, conditions, body, today)
    for wanted in ("no", "unknown"):
        said = [sentence for answer, sentence in answers if answer == wanted]
        if said:
            return wanted, french(" ".join(said))
    if rule.depends:
        subject = _NAMES[body.kind]
        return "unknown", french(f"{subject} est concernée {rule.depends}. Le portail ne sait pas si c'est le cas.")
    said = [sentence for _, sentence in answers]
    everybody = {
        COMMUNE: "Toutes les communes sont concernées, quelle que soit leur taille.",
        AGGLOMERATION: "L'agglomération est concernée.",
    }
    return "yes", french(" ".join(said) or everybody[body.kind])


def _answers(rule: Rule, conditions: Conditions, body: Body, today: dt.date) -> list[tuple[Applies, str]]:
    found: list[tuple[Applies, str]] = []
    if conditions.population_from is not None:
        answer, said = _population(body, conditions.population_from, conditions.limit)
        if answer == "no" and rule.below:
            answer, said = "unknown", f"{said} {rule.below}"
        found.append((answer, said))
    if conditions.agents_from is not None:
        found.append(_agents(body, conditions.agents_from))
    if conditions.member_from is not None:
        found.append(_member(body, conditions.member_from))
    if conditions.types:
        known = body.type in conditions.types
        found.append(("yes", "") if known else ("unknown", conditions.types_otherwise))
    if rule.since:
        found.append(_started(rule, body, today))
    return found


def _population(body: Body, threshold: int, limit: str) -> tuple[Applies, str]:
    """Compare both legal populations: few texts say which one they mean."""
    municipal, total = body.municipal, body.total if body.total is not None else body.municipal
    if municipal is None or total is None:
        return "unknown", "La population n'est pas connue du portail."
    said = f"{_NAMES[body.kind]} compte {number(municipal)} habitants"
    if municipal >= threshold:
        return "yes", f"{said} (seuil : {limit})."
    if total < threshold:
        return "no", f"{said} (seuil : {limit})."
    return "unknown", (
        f"{said} au sens de la population municipale, {number(total)} au sens de la population totale, de part et "
        f"d'autre du seuil ({limit}) : laquelle compte est à vérifier."
    )


def _agents(body: Body, threshold: float) -> tuple[Applies, str]:
    if body.agents is None:
        return (
            "unknown",
            f"Le nombre d'agents n'est pas renseigné (seuil : {number(threshold)} équivalents temps plein).",
        )
    said = f"{number(body.agents)} agents en équivalents temps plein"
    if body.agents >= threshold:
        return "yes", f"Elle emploie {said} (seuil : {number(threshold)})."
    return "no", f"Elle emploie {said} (seuil : {number(threshold)})."


def _member(body: Body, threshold: int) -> tuple[Applies, str]:
    if body.largest_member is None:
        return "unknown", "La population des communes membres n'est pas connue du portail."
    if body.largest_member >= threshold:
        return "yes", f"Une de ses communes au moins a {number(threshold)} habitants."
    return "no", f"Aucune de ses communes n'a {number(threshold)} habitants."


def _started(rule: Rule, body: Body, today: dt.date) -> tuple[Applies, str]:
    """Find the first day of the duty for a body of this size; without a population, the latest of the first days."""
    people = body.municipal
    if people is None:
        start = max(rule.since, key=lambda one: one.date)
    else:
        start = next((one for one in rule.since if people >= one.population_from), rule.since[-1])
    if today < start.date:
        return "no", f"Pas encore : à partir du {day(start.date)} ({start.words})."
    return "yes", f"Depuis le {day(start.date)} ({start.words})."
