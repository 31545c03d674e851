"""What the datasets of a page share: the portal's addresses, its organisations, read once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import define, field, frozen
from ckan import model
from sqlalchemy import select

from ckanext.ca3b import config
from ckanext.ca3b.territory.core.organizations import AGGLOMERATION
from ckanext.ca3b.territory.current import current_or_none
from ckanext.dcat.utils import catalog_uri

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOLE = "0-0-0-0"
_ID = re.compile(r"[\w.:-]{1,200}", re.ASCII)
#: Kinds of organisations of ours in the table of ADMS.
_PUBLISHER_TYPES = {
    "agglomeration": "LocalAuthority",
    "commune": "LocalAuthority",
    "association": "NonProfitOrganisation",
    "company": "Company",
    "operator": "Company",
}


@frozen
class Organization:
    """Who publishes. ``insee_code`` is empty for all but communes, ``type`` a code of ADMS or empty."""

    id: str
    name: str
    title: str
    email: str = ""
    url: str = ""
    siren: str = ""
    kind: str = ""
    insee_code: str = ""

    @property
    def type(self) -> str:
        """Return its kind in the table of ADMS."""
        return _PUBLISHER_TYPES.get(self.kind, "")


@define
class Portal:
    """Addresses and organisations. Keep one for a page or a job: what it has read is not read again."""

    base: str = field(factory=lambda: catalog_uri().rstrip("/"))
    _organizations: dict[str, Organization | None] = field(factory=dict)
    _addresses: dict[str, str] = field(factory=dict)
    _series: dict[str, bool] = field(factory=dict)

    def dataset_uri(self, id_: str) -> str:
        """Return what names a dataset, for ever: made of its id, which nobody can change."""
        return f"{self.base}/dataset/{id_}"

    def distribution_uri(self, dataset_id: str, id_: str) -> str:
        """Return what names a file of a dataset."""
        return f"{self.base}/dataset/{dataset_id}/resource/{id_}"

    def organization_uri(self, id_: str) -> str:
        """Return what names an organisation."""
        return f"{self.base}/organization/{id_}"

    def dataset_page(self, name: str) -> str:
        """Return the address of the page of a dataset."""
        return self._address("dataset.read", id=_HOLE).replace(_HOLE, name)

    def file_page(self, name: str, id_: str) -> str:
        """Return the address of the page of a file."""
        return (
            self._address("dataset_resource.read", id=_HOLE, resource_id=_HOLE + "1")
            .replace(_HOLE + "1", id_)
            .replace(_HOLE, name)
        )

    def file_address(self, id_: str) -> str:
        """Return the address of the bytes of a file, the same whatever replaces them."""
        return self._address("ca3b.file", resource_id=_HOLE).replace(_HOLE, id_)

    def organization(self, id_: str) -> Organization | None:
        """Return an active organisation by its id."""
        if id_ not in self._organizations:
            self.read_organizations([id_])
        return self._organizations[id_]

    def read_organizations(self, ids: Iterable[str]) -> None:
        """Read some organisations in one query."""
        wanted = set(ids) - self._organizations.keys()
        if not wanted:
            return
        self._organizations.update(dict.fromkeys(wanted))
        group = model.Group
        query = select(group.id, group.name, group.title, model.group_table.c.extras).where(
            group.id.in_(wanted), group.is_organization, group.state == model.State.ACTIVE
        )
        for row in model.Session.execute(query):
            self._organizations[row.id] = _organization(row.id, row.name, row.title, row.extras or {})

    def agglomeration(self) -> Organization:
        """Return the organisation of the agglomeration; what its official list says when it has none here."""
        if "" not in self._organizations:
            group = model.Group
            extras = model.group_table.c.extras
            query = select(group.id, group.name, group.title, extras).where(
                extras["siren"].astext == config.epci(), group.is_organization, group.state == model.State.ACTIVE
            )
            row = model.Session.execute(query).first()
            self._organizations[""] = (
                _organization(row.id, row.name, row.title, row.extras or {}) if row else _official()
            )
        found = self._organizations[""]
        return found if found is not None else _official()

    def is_public_series(self, id_: str) -> bool:
        """Tell whether a dataset that another says it belongs to is one that anybody may see."""
        if not _ID.fullmatch(id_):  # which the database would refuse to look for
            return False
        if id_ not in self._series:
            package = model.Package
            query = select(package.id).where(
                package.id == id_, package.state == model.State.ACTIVE, package.private.is_(False)
            )
            self._series[id_] = model.Session.execute(query).first() is not None
        return self._series[id_]

    def _address(self, endpoint: str, **holes: str) -> str:
        if endpoint not in self._addresses:
            self._addresses[endpoint] = tk.url_for(endpoint, **holes, _external=True, locale="default")
        return self._addresses[endpoint]


def _organization(id_: str, name: str, title: str | None, extras: dict[str, Any]) -> Organization:
    said = {key: str(extras.get(key) or "") for key in ("siren", "kind", "insee_code")}
    said |= {"email": str(extras.get("contact_email") or ""), "url": str(extras.get("contact_url") or "")}
    return Organization(id_, name, title or name, **said)


def _official() -> Organization:
    title = config.agglomeration_name()
    if not title:
        territory = current_or_none()
        title = territory.epci.name if territory else tk.config["ckan.site_title"]
    return Organization("", "", title, config.contact_email(), kind=AGGLOMERATION, siren=config.epci())
