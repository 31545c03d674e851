"""The documents: a page of a catalogue, the whole in one pass, one dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b.dcat import graphs

from . import answers, building, config, fragments, links, selection, stamps, store, triples, writing
from .answers import Conditional
from .asking import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flask import Response

    from ckanext.ca3b.dcat.scope import Scope

    from .asking import Question
    from .writing import Format


def catalogue(scope: Scope, wanted: Format, question: Question) -> Response:
    """Answer with a page of a catalogue, or with the whole when no limit is asked."""
    if question.limit is None:
        return _whole(scope, wanted, question)
    found = selection.window(question.wanted, question.after, question.limit, question.offset)
    here = links.current(scope, wanted.ending, question)
    first = links.page(scope, wanted.ending, question.given)
    following = links.following(scope, wanted.ending, question, found.next)
    ready = building.ensure(found.datasets, (wanted.syntax,))
    start = _start(scope, wanted, links.hydra(scope.uri, here, first, following, question.limit))
    version = Conditional(here, stamps.of(start.decode(), *ready, *ready.values()))
    if version.unchanged:
        answer = answers.not_modified(version)
    elif tk.request.method == "HEAD":
        answer = answers.head(wanted.content_type, version)
    else:
        body = b"".join(writing.document(wanted.syntax, [start, *_members(scope, wanted, ready)]))
        answer = answers.whole(body, wanted.content_type, version)
    others = [
        (links.current(scope, one.ending, question), one.media_type)
        for one in writing.FORMATS.values()
        if one.ending not in {wanted.ending, "n3", "xml"} and one.syntax is not wanted.syntax
    ]
    answer.headers["Link"] = links.header(first, following, others)
    return answer


def catalogue_text(scope: Scope, wanted: Format, question: Question) -> bytes:
    """Return a page of a catalogue as the actions of ckanext-dcat give it: the content of its address."""
    found = selection.window(question.wanted, question.after, question.limit or config.LARGEST, question.offset)
    here = links.current(scope, wanted.ending, question)
    first = links.page(scope, wanted.ending, question.given)
    following = links.following(scope, wanted.ending, question, found.next)
    ready = building.ensure(found.datasets, (wanted.syntax,))
    start = _start(scope, wanted, links.hydra(scope.uri, here, first, following, question.limit or config.LARGEST))
    return b"".join(writing.document(wanted.syntax, [start, *_members(scope, wanted, ready)]))


def dataset_text(reference: str, wanted: Format) -> bytes | None:
    """Return what its address gives of a dataset, None for one that does not go out."""
    found = selection.named(reference.replace("\x00", " "))
    ready = building.ensure([found], (wanted.syntax,)) if found else {}
    if not ready:
        return None
    pieces = building.pieces(ready, wanted.syntax)
    return b"".join(writing.document(wanted.syntax, [one.text for one in pieces.values()]))


def dataset(reference: str, wanted: Format) -> Response:
    """Answer with one dataset, by its id or its name."""
    reference = reference.replace("\x00", " ")  # which PostgreSQL refuses
    found = selection.named(reference)
    ready = building.ensure([found], (wanted.syntax,)) if found else {}
    if found is None or not ready:
        if found is None and store.has_left(selection.id_of(reference)):
            raise RefusedError(410, tk._("This dataset has left the catalogue."))
        raise RefusedError(404, tk._("No dataset of this portal has this name, or it is not published."))
    version = Conditional(f"/dataset/{found.id}.{wanted.ending}", stamps.of(wanted.ending, *ready.values()))
    if version.unchanged:
        return answers.not_modified(version)
    if tk.request.method == "HEAD":
        return answers.head(wanted.content_type, version)
    pieces = building.pieces(ready, wanted.syntax)
    body = b"".join(writing.document(wanted.syntax, [one.text for one in pieces.values()]))
    return answers.whole(body, wanted.content_type, version)


def _whole(scope: Scope, wanted: Format, question: Question) -> Response:
    here = links.page(scope, wanted.ending, question.given)
    start = _start(scope, wanted, [])
    version = Conditional(here, _whole_tag(start, question))
    if version.unchanged:
        return answers.not_modified(version)
    if tk.request.method == "HEAD":
        return answers.head(wanted.content_type, version)

    def pieces() -> Iterator[bytes]:
        yield start
        for some in selection.windows(question.wanted, config.page_size()):
            yield from _members(scope, wanted, building.ensure(some.datasets, (wanted.syntax,)))
            model.Session.remove()  # what it read stays in memory otherwise

    return answers.streamed(writing.document(wanted.syntax, pieces()), wanted.content_type, version)


def _whole_tag(start: bytes, question: Question) -> str:
    """Return the tag of the whole, from the stamps alone: nothing is built before the answer begins.

    One that is still to be built counts as described; if it cannot be, the next tag is another.
    """
    parts = [start.decode()]
    for some in selection.windows(question.wanted, config.LARGEST):
        known = fragments.statuses([one.id for one in some.datasets])
        silent = {id_ for id_, status in known.items() if not status.out}
        missing = {one.id for one in building.stale(some.datasets, known)}
        given = [one for one in some.datasets if one.id not in silent - missing]
        parts += [f"{one.id} {one.stamp}" for one in given]
        model.Session.remove()
    return stamps.of(*parts)


def _start(scope: Scope, wanted: Format, pages: Sequence[object]) -> bytes:
    """Return the node of the catalogue and what a page says of itself."""
    node = triples.of_graph(graphs.catalogue_graph(scope), scope.uri, scope.uri)
    return wanted.syntax.piece([*node, *pages]).encode()  # pyright: ignore[reportArgumentType]


def _members(scope: Scope, wanted: Format, ready: Mapping[str, str]) -> Iterable[bytes]:
    """Yield datasets in order, then what makes them members of the catalogue."""
    pieces = building.pieces(ready, wanted.syntax)
    given = [pieces[id_] for id_ in ready if id_ in pieces]
    yield from (one.text for one in given)
    said = links.members(scope.uri, given)
    if said:
        yield wanted.syntax.piece(said).encode()
