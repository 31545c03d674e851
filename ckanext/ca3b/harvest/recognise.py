"""Which kind of catalogue an address or a file is: by what it answers, then by where each product keeps its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .readers import readers
from .sources import BudgetError, Source, SourceError

if TYPE_CHECKING:
    from .readers import Reader
    from .sources import Answer, Client

#: Addresses tried on one site before it is said to have no catalogue.
_MOST_TRIED = 24
#: Kinds that are what remains: a site that has a catalogue is not read as a page of links.
_LAST = frozenset({"webpage"})


def recognise(client: Client, source: Source) -> Source:
    """Return the source with its kind, at the address where its catalogue is.

    One request when the address is the catalogue itself; what was answered is kept for the reader. Else the known
    places of each product are asked, each kind's likeliest first.

    :raises SourceError: it cannot be had, or is no catalogue of any kind (``not-catalogue``).
    """
    if source.kind:
        return source
    try:
        answer = client.file(source) if source.path is not None else client.get(source.address)
    except SourceError as error:
        # A service says 400 or 404 to its bare address, a portal 403 to its home: its catalogue may answer.
        if error.code != "status" or (elsewhere := _by_places(client, source)) is None:
            raise
        return elsewhere
    if not answer.content.strip():
        raise SourceError("empty", "Cette adresse répond par un document vide.", where=source.address)
    found = [reader.KIND for reader in readers() if _recognised(reader, answer)]
    sure = [kind for kind in found if kind not in _LAST]
    if sure or source.path is not None:
        if not found:
            raise _nothing(source)
        client.keep(source.address, answer)
        return source.of_kind((sure or found)[0])
    elsewhere = _by_places(client, source)
    if elsewhere is not None:
        return elsewhere
    if found:
        client.keep(source.address, answer)
        return source.of_kind(found[0])
    raise _nothing(source)


def _recognised(reader: Reader, answer: Answer) -> bool:
    try:
        return reader.recognises(answer)
    except (SourceError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False  # content that makes a reader stumble is not of its kind


def _by_places(client: Client, source: Source) -> Source | None:
    """Ask the known places of every product, in turn: the first of each, then the second of each…"""
    waiting = [(reader, reader.places(source.address)) for reader in readers() if reader.KIND not in _LAST]
    asked: set[str] = {source.address}
    while waiting and len(asked) <= _MOST_TRIED:
        still = []
        for reader, places in waiting:
            address = next(places, None)
            if address is None:
                continue
            still.append((reader, places))
            if address in asked:
                continue
            asked.add(address)
            try:
                answer = client.get(address)
            except BudgetError:
                return None
            except SourceError as error:
                if error.code in {"unknown-host", "private"}:
                    return None
                continue
            if _recognised(reader, answer):
                client.keep(address, answer)
                return source.of_kind(reader.KIND, address)
        waiting = still
    return None


def _nothing(source: Source) -> SourceError:
    return SourceError(
        "not-catalogue",
        f"Aucun catalogue n’est reconnu à cette adresse ({source.address}). Donnez celle d’un catalogue DCAT,"
        " d’un portail (CKAN, data.gouv.fr, Opendatasoft, GeoNetwork, Data Fair, ArcGIS Hub), d’un catalogue SCDL ou"
        " d’une page de liens.",
        where=source.address,
    )
