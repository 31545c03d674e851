"""One dataset and the row of its record, in the transaction of the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckan import model

from ckanext.ca3b.harvest import planning
from ckanext.ca3b.harvesting.store import records
from ckanext.ca3b.schemas import groups

from . import acting
from .remembering import Remembering
from .work import ARCHIVED, RETURNED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.harvesting.model import SourceRow

    from .leniency import Told
    from .work import Work


class Writer:
    """Writes the works of one source; it remembers which addresses of datasets are taken."""

    #: Verdicts that change a dataset though the source says nothing of it.
    TOUCHING = frozenset({ARCHIVED, RETURNED})

    def __init__(self, source: SourceRow) -> None:
        """Write for ``source``."""
        self.source = source
        self.user = acting.site_user()
        self._taken: set[str] | None = None
        self._known = acting.Known(Remembering.of([]))
        owner = model.Group.get(source.owner_org)
        #: Tells apart datasets of the same title.
        self._place: str = (owner.title if owner else "") or source.title

    def write(self, works: Sequence[Work]) -> list[list[Told]]:
        """Write works in the present transaction; return what was told of each. The caller commits."""
        present = _states(work.dataset_id for work in works)
        fresh = [one.package for one in works if one.package is not None and one.dataset_id not in present]
        owner = model.Group.get(self.source.owner_org)
        self._known = acting.Known(
            session=Remembering.of(fresh),
            account=model.User.get(self.user),
            owner=owner.id if owner and owner.is_organization and owner.state == model.State.ACTIVE else "",
            themes=groups.groups(),
        )
        told, rows = [], []
        for work in works:
            told.append(self._dataset(work, present.get(work.dataset_id)))
            touched = work.package is not None or work.verdict in self.TOUCHING
            values = {**work.record, "dataset_id": work.dataset_id, **({"indexed": False} if touched else {})}
            rows.append({**values, "identifier": work.identifier})
        records.put_all(model.Session, self.source.id, rows)
        return told

    def forget(self) -> None:
        """Forget which addresses are taken: the transaction that used some was rolled back."""
        self._taken = None

    def _dataset(self, work: Work, state: str | None) -> list[Told]:
        if state is None:
            return self._create(work) if work.package is not None else []
        if work.package is None and work.verdict not in self.TOUCHING:
            return []
        present = acting.show(work.dataset_id)
        wanted = dict(present)
        if work.package is not None:
            wanted = planning.merge(present, work.before, work.package, work.kept_fields)
        if work.verdict == ARCHIVED:
            wanted["state"] = model.State.DELETED
        elif work.verdict == RETURNED:
            wanted["state"] = model.State.ACTIVE
        return acting.update(self.user, wanted, present, self._known)

    def _create(self, work: Work) -> list[Told]:
        package = dict(work.package or {})
        package["name"] = planning.dataset_name(str(package.get("title") or ""), self._place, self._names())
        package["id"] = work.dataset_id
        self._known.session.reserve(package["name"])
        told = acting.create(self.user, package, self._known)
        self._names().add(package["name"])
        return told

    def _names(self) -> set[str]:
        if self._taken is None:
            self._taken = {name for (name,) in model.Session.query(model.Package.name)}
        return self._taken


def _states(dataset_ids: Any) -> dict[str, str]:
    rows = model.Session.query(model.Package.id, model.Package.state).filter(model.Package.id.in_(list(dataset_ids)))
    return dict(map(tuple, rows))
