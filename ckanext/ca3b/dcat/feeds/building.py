"""Building the fragments that are missing, or that were made from something else than what the database has."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from typing import TYPE_CHECKING, Any

import attrs
import ckan.plugins.toolkit as tk
from ckan import model
from rdflib import URIRef

from ckanext.ca3b import catalogue
from ckanext.ca3b.dcat import graphs
from ckanext.dcat.utils import dataset_uri

from . import fragments, reading, selection, triples, writing
from .fragments import Written
from .model import now

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rdflib import Graph

    from .selection import Selected
    from .writing import Syntax

log = logging.getLogger(__name__)

#: How many are read and written at a time.
CHUNK = 50
#: How often one that changes while it is built is begun again.
ATTEMPTS = 3
#: When a failure that nobody foresaw is tried again; one that was waits for another stamp.
AGAIN = dt.timedelta(minutes=10)


def stale(datasets: Iterable[Selected], known: Mapping[str, fragments.Status]) -> list[Selected]:
    """Return those whose fragment is missing or was made from something else."""
    return [one for one in datasets if one.id not in known or not known[one.id].settled(one.stamp)]


def ensure(datasets: Sequence[Selected], syntaxes: Sequence[Syntax] = writing.SYNTAXES) -> dict[str, str]:
    """Have a fragment for each dataset, built if need be; return by id the stamp of each that has something to give.

    What is built is written in ``syntaxes`` and as N-Triples; :func:`pieces` writes the others when they are asked.

    A dataset that cannot be described is not among them, nor one that left or changes again and again meanwhile.
    """
    known = fragments.statuses([one.id for one in datasets])
    missing = stale(datasets, known)
    ready = {
        one.id: one.stamp
        for one in datasets
        if one.id in known and known[one.id].settled(one.stamp) and known[one.id].out
    }
    for start in range(0, len(missing), CHUNK):
        ready |= build(missing[start : start + CHUNK], syntaxes)
    return ready


def pieces(ready: Mapping[str, str], syntax: Syntax) -> dict[str, fragments.Piece]:
    """Return the pieces of what :func:`ensure` had, by id, in a syntax, written now where they were not.

    One that was written anew since then, from a later state of its dataset, is given as it is now: it would be
    missed by who reads the catalogue only because it changed in between. One that was withdrawn is not given.
    """
    found = _written_in(ready, syntax)
    for _ in range(ATTEMPTS):
        later = selection.of(ready.keys() - found.keys())
        if not later:
            break
        found |= _written_in(ensure(list(later.values()), (syntax,)), syntax)
    return found


def _written_in(ready: Mapping[str, str], syntax: Syntax) -> dict[str, fragments.Piece]:
    found = fragments.pieces(ready, syntax.name)
    lacking = {id_: stamp for id_, stamp in ready.items() if id_ not in found}
    if not lacking or syntax is writing.NTRIPLES:
        return found
    made = {
        id_: attrs.evolve(one, text=syntax.piece(triples.of_text(one.text)).encode())
        for id_, one in fragments.pieces(lacking, writing.NTRIPLES.name).items()
    }
    fragments.add(syntax.name, {id_: (lacking[id_], one.text) for id_, one in made.items()})
    return found | made


def build(datasets: Sequence[Selected], syntaxes: Sequence[Syntax] = writing.SYNTAXES) -> dict[str, str]:
    """Build fragments; return by id the stamp of those that have something to give."""
    ready: dict[str, str] = {}
    pending = list(datasets)
    for _ in range(ATTEMPTS):
        if not pending:
            break
        built = _described(pending, {writing.NTRIPLES, *syntaxes})
        # A file may have been closed, or opened and closed again, while it was described: what is kept under a
        # stamp must have been made while that stamp held.
        after = selection.of([one.id for one in pending])
        kept = [each for each in built if each.dataset_id in after and after[each.dataset_id].stamp == each.stamp]
        fragments.write(kept)
        ready |= {each.dataset_id: each.stamp for each in kept if each.texts}
        done = {each.dataset_id for each in kept}
        pending = [after[one.id] for one in pending if one.id in after and one.id not in done]
    for one in pending:
        log.warning("The dataset %s changes while it is described: left out of the catalogue this time", one.id)
    return ready


def _described(datasets: Sequence[Selected], syntaxes: Collection[Syntax]) -> list[Written]:
    found = reading.datasets(datasets)
    facts = catalogue.facts_of([file for one in datasets for file in one.resources if file["id"] not in one.closed])
    describer = graphs.Describer()
    describer.portal.read_organizations({one.owner_org for one in datasets if one.owner_org})
    return [_written(one, found[one.id], facts, describer, syntaxes) for one in datasets if one.id in found]


def _written(
    one: Selected,
    dataset: dict[str, Any],
    facts: Mapping[str, list[Any]],
    describer: graphs.Describer,
    syntaxes: Collection[Syntax],
) -> Written:
    try:
        graph = describer.dataset_graph(dataset, facts)
        return _texts(one, dataset, graph, syntaxes)
    except graphs.GraphError as error:
        log.warning("The dataset %s is left out of the catalogue: %s", one.id, error.sentence, exc_info=error.__cause__)
        return _refused(one, error.sentence, again=error.__cause__ is not None)
    except Exception:
        log.exception("The dataset %s is left out of the catalogue", one.id)
        model.Session.rollback()
        return _refused(one, tk._("This dataset could not be described."), again=True)


def _texts(one: Selected, dataset: Mapping[str, Any], graph: Graph, syntaxes: Collection[Syntax]) -> Written:
    uri = dataset_uri({"id": one.id})
    found = triples.of_ordered(graph, one.id, uri)
    texts = {syntax.name: syntax.piece(found).encode() for syntax in syntaxes}
    return Written(
        dataset_id=one.id,
        stamp=one.stamp,
        organization_id=one.owner_org,
        uri=uri,
        identifier=str(dataset.get("identifier") or one.id),
        services=tuple(graphs.services_of(graph)),
        texts=texts,
        digest=hashlib.sha256(texts[writing.NTRIPLES.name]).hexdigest(),
        score=_score(one, graph, uri),
    )


def _score(one: Selected, graph: Graph, uri: str) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for scorer in fragments.scorers():
        try:
            found |= scorer(graph, URIRef(uri))
        except Exception:  # a measure that fails takes nothing out of the catalogue
            log.exception("The dataset %s could not be measured", one.id)
    return found or None


def _refused(one: Selected, sentence: str, *, again: bool) -> Written:
    moment = now()
    error = {"sentence": sentence, "at": moment.isoformat()}
    if again:
        error["again"] = (moment + AGAIN).isoformat()
    return Written(dataset_id=one.id, stamp=one.stamp, organization_id=one.owner_org, error=error)
