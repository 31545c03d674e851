"""Reading and writing the maps, each time in a short transaction of its own: what is written is seen at once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckanext.ca3b import database
from ckanext.ca3b.database import session

from .model import ENGINE, FAILED, RUNNING, SAMPLED, WAITING, WORKING, Map, now

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

#: A map that waits longer than this, in seconds, was lost with its queue: it is put there again.
LOST_AFTER = 600


def ask(resource_id: str, package_id: str, sha256: str, *, preview: bool = False, again: bool = False) -> Map:
    """Return the map of these bytes, made if need be.

    :param preview: asked by those who may replace the file, whether it is open or not.
    :param again: begin once more, whatever was found; what is drawn stays until the new one is.
    """
    moment = now()
    same = {"resource_id": resource_id, "sha256": sha256, "engine": ENGINE}
    values = {**same, "id": str(uuid.uuid4()), "package_id": package_id, "state": WAITING, "preview": preview,
              "created": moment, "updated": moment}  # fmt: skip
    with session() as one:
        one.execute(
            insert(Map)
            .values(**values)
            .on_conflict_do_update(constraint="ca3b_map_once", set_={"package_id": package_id})
        )
        found = one.scalars(sa.select(Map).filter_by(**same).with_for_update()).one()
        found.preview = found.preview or preview
        if (again and found.state not in WORKING) or (found.state == FAILED and found.attempts and preview):
            found.state, found.attempts, found.updated = WAITING, 0, moment
            found.progress, found.stage, found.error = 0, "", None
        return found


def get(map_id: str) -> Map | None:
    """Return a map, None when there is none of this id."""
    with session() as one:
        return one.get(Map, map_id)


def of(resource_id: str) -> list[Map]:
    """Return the maps of all bytes that a resource has or had, the last made first."""
    with session() as one:
        return list(one.scalars(sa.select(Map).filter_by(resource_id=resource_id).order_by(Map.created.desc(), Map.id)))  # pyright: ignore[reportAttributeAccessIssue]


def resources_of(package_id: str) -> list[str]:
    """Return the resources of a dataset that have maps, those removed from it included."""
    with session() as one:
        return list(one.scalars(sa.select(Map.resource_id).filter_by(package_id=package_id).distinct()))


def resources() -> list[str]:
    """Return all resources that have maps."""
    with session() as one:
        return list(one.scalars(sa.select(Map.resource_id).distinct()))


def drawn(resource_ids: list[str] | None = None, *, limit: int | None = None, offset: int = 0) -> list[Map]:
    """Return maps that can be seen, of some resources or of all, the last made first."""
    query = sa.select(Map).where(Map.description.is_not(None))  # pyright: ignore[reportOptionalMemberAccess]
    if resource_ids is not None:
        query = query.where(Map.resource_id.in_(resource_ids))  # pyright: ignore[reportAttributeAccessIssue]
    with session() as one:
        return list(one.scalars(query.order_by(Map.created.desc(), Map.id).limit(limit).offset(offset)))  # pyright: ignore[reportAttributeAccessIssue]


def take(map_id: str) -> Map | None:
    """Mark a map as being made, once more; None when there is nothing to do. Call under :func:`lock`."""
    with session() as one:
        found = one.get(Map, map_id, with_for_update=True)
        if found is None or found.state not in WORKING:
            return None
        found.state = SAMPLED if found.state == SAMPLED else RUNNING
        found.attempts, found.updated, found.error = found.attempts + 1, now(), None
        return found


def touch(map_id: str) -> None:
    """Write that a map was put in the queue again."""
    write(map_id, updated=now())


def stage(map_id: str, locations: list[str]) -> bool:
    """Write down where files are about to be put, before they are: whatever stops the job, they are found again.

    Returns False when the map was deleted meanwhile.
    """
    with session() as one:
        found = one.get(Map, map_id, with_for_update=True)
        if found is None:
            return False
        found.staged = [*found.staged, *locations]
        return True


def write(map_id: str, **values: Any) -> bool:
    """Write some columns of a map; False when it was deleted meanwhile."""
    clean = {name: database.storable(value) for name, value in values.items()}
    with session() as one:
        done: Any = one.execute(sa.update(Map).where(_is(map_id)).values(**{"updated": now(), **clean}))
        return bool(done.rowcount)


def publish(map_id: str, *, staged: list[str] | None = None, **values: Any) -> list[str] | None:
    """Put a description and files in the place of those of a map, in one step.

    :param staged: the locations that are still to come, kept as staged; the others staged are forgotten.
    :returns: the locations that no map needs any more; None when the map was deleted meanwhile.
    """
    clean = {name: database.storable(value) for name, value in values.items()}
    with session() as one:
        found = one.get(Map, map_id, with_for_update=True)
        if found is None:
            return None
        before = {*locations(found), *found.staged}
        for name, value in clean.items():
            setattr(found, name, value)
        found.staged, found.updated = staged or [], now()
        return sorted(before - {*locations(found), *found.staged})


def fail(map_id: str, state: str, code: str, message: str) -> list[str]:
    """Write that a map could not be made; return the locations of its files, which are of no use any more.

    :param state: ``not_a_map`` says it of the file, ``failed`` of its content or of us.
    """
    gone = publish(
        map_id, state=state, progress=0, stage="", description=None, files={}, error={"code": code, "message": message}
    )
    return gone or []


def delete(*maps: Map) -> list[str]:
    """Delete maps; return the locations of their files, to be removed from the storage."""
    gone: list[str] = []
    with session() as one:
        for each in maps:
            found = one.get(Map, each.id, with_for_update=True)
            if found is not None:
                gone += [*locations(found), *found.staged]
                one.delete(found)
    return gone


def known_locations() -> set[str]:
    """Return the location of every file that a map has or is about to have."""
    with session() as one:
        rows = one.execute(sa.select(Map.files, Map.staged)).all()
    return {place for files, staged in rows for place in [*(each["location"] for each in files.values()), *staged]}


def locations(found: Map) -> list[str]:
    """Return where the files of a map are."""
    return [one["location"] for one in found.files.values()]


def counts() -> dict[str, int]:
    """Return how many maps are in each state."""
    with session() as one:
        rows = one.execute(sa.select(Map.state, sa.func.count()).group_by(Map.state)).all()
    return {str(state): int(count) for state, count in rows}


def is_settled(found: Map) -> bool:
    """Tell whether nothing more will happen to a map by itself."""
    return found.state not in WORKING


def is_lost(found: Map) -> bool:
    """Tell whether nobody works on an unfinished map any more: its worker died, or its queue was emptied."""
    if found.state == WAITING:
        return (now() - found.updated).total_seconds() > LOST_AFTER
    if found.state in WORKING:
        with lock(found.id) as free:
            return free
    return False


def lock(map_id: str) -> AbstractContextManager[bool]:
    """Hold the right to make a map; gives False when another process has it."""
    return database.lock(f"ca3b_map:{map_id}")


def _is(map_id: str) -> Any:
    return Map.id == map_id
