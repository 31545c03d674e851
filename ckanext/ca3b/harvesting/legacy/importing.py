"""The import itself: what each old source would become (nothing is written), then becoming it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from attrs import asdict, evolve, field, frozen
from ckan import model

from ckanext.ca3b import database
from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Client, Source, SourceError
from ckanext.ca3b.harvesting import config
from ckanext.ca3b.harvesting.model import RecordRow
from ckanext.ca3b.harvesting.reports.words import counted
from ckanext.ca3b.harvesting.store import records
from ckanext.ca3b.harvesting.store import sources as rows

from . import becoming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ckanext.ca3b.harvest.model import Reading

    from .old import OldSource

log = logging.getLogger(__name__)


@frozen
class Adopted:
    """A dataset that keeps its id and its address: what its record is called in the catalogue."""

    identifier: str
    dataset_id: str
    uri: str = ""
    title: str = ""


@frozen
class Import:
    """What an old source becomes. ``source_id``: it is here already, and its datasets only are looked at.

    ``refusal``: why it cannot be imported; ``notes``: what a person should know, as French sentences.
    """

    old: OldSource
    kind: str = ""
    schedule: str = "manual"
    owner_org: str = ""
    options: dict[str, str] = field(factory=dict)
    adopted: tuple[Adopted, ...] = ()
    source_id: str = ""
    refusal: str = ""
    notes: tuple[str, ...] = ()


def plan(sources: Iterable[OldSource], *, organization: str = "", look: bool = True) -> Iterator[Import]:
    """Yield what each source would become; nothing is written.

    :param organization: of the sources that have none.
    :param look: read the catalogues, to know their records by the names that we give them. Without it, the datasets
        of catalogues in RDF are not adopted: this can be done later, by importing again.
    """
    taken = set(_adopted_already())
    for old in sources:
        found = _planned(old, organization)
        if not found.refusal:
            found = _with_datasets(found, taken, look=look)
            taken.update(one.dataset_id for one in found.adopted)
        yield found


def apply(found: Import, user: str) -> str:
    """Make a source, as a draft, and adopt its datasets; return its id.

    :raises tk.ValidationError: the source is refused.
    """
    source_id = found.source_id or _create(found, user)
    with database.session() as session:
        records.put_all(
            session,
            source_id,
            [asdict(one) | {"content_hash": "", "state": "present", "indexed": True} for one in found.adopted],
        )
    return source_id


def _create(found: Import, user: str) -> str:
    given: dict[str, Any] = {
        "title": found.old.title or found.old.address,
        "address": found.old.address,
        "kind": found.kind,
        "owner_org": found.owner_org,
        "schedule": found.schedule,
        "options": found.options,
    }
    made = tk.get_action("ca3b_harvest_source_create")({"user": user, "ignore_auth": True}, given)
    return made["id"]


def _planned(old: OldSource, organization: str) -> Import:
    options, left = becoming.options(old)
    notes = [f"Réglages sans équivalent, laissés : {', '.join(left)}."] if left else []
    if not old.active:
        notes.append("Elle était désactivée : elle reste un brouillon tant que vous ne l’approuvez pas.")
    if old.frequency == "BIWEEKLY":
        notes.append("Deux fois par mois devient chaque semaine : ce qui n’a pas changé ne coûte rien.")
    kind = becoming.KINDS.get(old.type)
    if not kind:
        notes.append(f"Le type « {old.type or 'inconnu'} » n’a pas d’équivalent : il sera reconnu à la lecture.")
    found = Import(old, kind or "", becoming.schedule(old), options=options, notes=tuple(notes))
    group = model.Group.get(old.organization or organization) if old.organization or organization else None
    if group is None or not group.is_organization:
        asked = f"son organisation (« {old.organization} ») n’existe pas ici" if old.organization else (
            "elle n’a pas d’organisation"
        )  # fmt: skip
        return evolve(found, refusal=f"Non importée : {asked}. Créez-la, ou dites --organization NOM.")
    here = rows.at(old.address, pasted=True)
    return evolve(found, owner_org=group.id, source_id=here[0].id if here else "")


def _with_datasets(found: Import, taken: Iterable[str], *, look: bool) -> Import:
    objects = becoming.once(found.old.objects, taken)
    if not objects:
        return found
    reading, why = _read(found) if look else (None, "son catalogue n’a pas été lu")
    if reading is None and found.kind not in becoming.SAME_IDENTIFIERS:
        note = (
            f"{counted(len(objects), 'jeu de données n’est', 'jeux de données ne sont')} pas encore repris : {why}."
            " Importez de nouveau quand il répondra, et n’approuvez pas la source avant."
        )
        return evolve(found, notes=(*found.notes, note))
    named = becoming.identifiers(objects, reading.datasets) if reading else {}
    adopted = []
    for one in objects:
        identifier, uri = named.get(one.dataset_id, (one.guid, one.guid if "://" in one.guid else ""))
        adopted.append(Adopted(identifier, one.dataset_id, uri, one.title))
    lost = [one for one in objects if reading and one.dataset_id not in named]
    notes = list(found.notes)
    if lost:
        notes.append(
            f"{counted(len(lost), 'jeu de données n’est', 'jeux de données ne sont')} plus dans le catalogue : le"
            " premier moissonnage le dira, et attendra votre accord si le catalogue a trop rétréci."
        )
    return evolve(found, adopted=_distinct(adopted), notes=tuple(notes))


def _read(found: Import) -> tuple[Reading | None, str]:
    try:
        source = Source.at(found.old.address, **found.options)
        reading = read(Client(config.budget()), source.of_kind(found.kind))
    except SourceError as error:
        return None, f"son catalogue n’a pas pu être lu ({error})"
    except Exception:
        log.exception("The catalogue of an old source could not be read")
        return None, "son catalogue n’a pas pu être lu"
    if not reading.complete:
        return None, "son catalogue n’a pas été lu jusqu’au bout"
    return reading, ""


def _distinct(adopted: list[Adopted]) -> tuple[Adopted, ...]:
    """Return one dataset per identifier: two old records may be one of ours."""
    return tuple({one.identifier: one for one in reversed(adopted)}.values())


def _adopted_already() -> list[str]:
    with database.session() as session:
        return list(session.scalars(sa.select(RecordRow.dataset_id)))  # pyright: ignore[reportArgumentType]
