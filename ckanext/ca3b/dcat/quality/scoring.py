"""The score of a dataset, as the MQA of data.europa.eu computes it.

Sources: the methodology (https://data.europa.eu/mqa/methodology), also published in the data provider's manual
(https://dataeuropa.gitlab.io/data-provider-manual/metadata-quality-dashboard/), for dimensions, points and ratings:
« identical content with several distributions », only the distribution with the highest number of points is counted.
For what that sentence leaves open, the program that the MQA runs, ``Scoring.kt`` of piveau-metrics-score
(https://gitlab.com/piveau/metrics/piveau-metrics-score): one distribution is chosen for all the metrics computed on
distributions together, that with the most points; an address answers when its status is 200 to 299; each metric is
all or nothing. A dataset without distribution has no points for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dcat_ap import wrongs
from .model import NO, OK, PARTIAL, UNKNOWN, Dimension, Metric, Score, catalogue
from .reading import distributions, of_dataset, of_distribution

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from .model import Definition, State

Said = dict[str, "bool | None"]

#: How many of the distributions that lack something are named.
NAMED = 5
#: What is advised for the metrics of files when there is none.
NO_FILE = "Ajoutez un fichier : la description n’en a aucun."


def score(graph: Graph, dataset: Node, *, reachable: Mapping[str, int | None] | None = None) -> Score:
    """Return the score of a dataset described by a graph.

    :param reachable: what addresses answered (HTTP status) when they were last asked; one that is not there, or
        ``None``, is not known: its metric is ``unknown`` and has no points.
    """
    said = of_dataset(graph, dataset)
    each = {one: of_distribution(graph, one, reachable) for one in distributions(graph, dataset)}
    best = max(each.values(), key=_worth) if each else {}
    faults = tuple(dict.fromkeys(wrong.sentence for wrong in wrongs(graph, dataset)))
    states: dict[str, State] = {code: _state(one, said, best, each) for code, one in catalogue().definitions().items()}
    lacking = {
        code: tuple(str(node) for node, told in each.items() if told.get(code) is False)[:NAMED]
        for code, one in catalogue().definitions().items()
        if one.of == "distribution" and states[code] in {NO, PARTIAL}
    }
    return assemble(states, lacking, faults, files=len(each))


def assemble(
    states: Mapping[str, State], lacking: Mapping[str, Iterable[str]], faults: tuple[str, ...], *, files: int
) -> Score:
    """Return the score that states of metrics make, with their points and their advice.

    :param states: by code of metric; one that is not there is unknown.
    :param lacking: distributions that lack a metric, by code.
    :param faults: what DCAT-AP finds wrong, in French.
    :param files: how many distributions there are.
    """
    dimensions = []
    for code, label, definitions in catalogue().dimensions:
        metrics = []
        for one in definitions:
            state = states.get(one.code, UNKNOWN)
            advice = _advice(one, state, faults, files)
            metrics.append(
                Metric(
                    code=one.code,
                    label=one.label,
                    points=one.points if state in {OK, PARTIAL} else 0,
                    maximum=one.points,
                    state=state,
                    advice=advice,
                    form=one.form if advice else "",
                    field=one.field if advice else "",
                    lacking=lacking.get(one.code, ()),
                )
            )
        points, maximum = sum(one.points for one in metrics), sum(one.maximum for one in metrics)
        dimensions.append(Dimension(code, label, points, maximum, metrics))
    return Score(dimensions, faults, files)


def _worth(said: Said) -> tuple[int, int]:
    """Return the points of a distribution, then those that it may have besides: of equals, the more promising."""
    definitions = [one for one in catalogue().definitions().values() if one.of == "distribution"]
    sure = sum(one.points for one in definitions if said[one.code])
    return sure, sum(one.points for one in definitions if said[one.code] is None)


def _state(one: Definition, said: Said, best: Said, each: Mapping[Node, Said]) -> State:
    if one.of == "both":
        return OK if said[one.code] or best.get(one.code) else NO
    if one.of == "dataset":
        return OK if said[one.code] else NO
    value = best.get(one.code, False)
    if value is None:
        return UNKNOWN
    if not value:
        return NO
    return PARTIAL if any(told[one.code] is False for told in each.values()) else OK


def _advice(one: Definition, state: State, faults: tuple[str, ...], files: int) -> str:
    if state not in {NO, PARTIAL}:
        return ""
    if one.of == "distribution" and not files:
        return NO_FILE
    if one.code == "dcat_ap":
        told = "\u00a0; ".join(faults)
        return f"{one.advice} {told}."
    return one.advice
