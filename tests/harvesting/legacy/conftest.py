"""The portal of the failure cases, with what an old ckanext-harvest left in its database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import factories

from tests.harvesting.cli.conftest import harvest
from tests.harvesting.failures.conftest import emptied, published, settings, site, towns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["emptied", "harvest", "old", "published", "settings", "site", "towns"]

#: The columns of ckanext-harvest 1.6 that matter, of the types that it gives them.
_TABLES = """
CREATE TABLE harvest_source (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, title TEXT, description TEXT, config TEXT, created TIMESTAMP,
  type TEXT NOT NULL, active BOOLEAN, user_id TEXT, publisher_id TEXT, frequency TEXT, next_run TIMESTAMP);
CREATE TABLE harvest_object (
  id TEXT PRIMARY KEY, guid TEXT, current BOOLEAN, content TEXT, state TEXT, harvest_source_id TEXT, package_id TEXT);
"""


@pytest.fixture
def old(towns) -> Iterator[Callable[..., dict[str, str]]]:
    """The tables of ckanext-harvest; gives how a source with datasets (guid to title) is written in them."""

    def write(address: str, datasets: dict[str, str], type_: str = "dcat_rdf", **values: Any) -> dict[str, str]:
        """Return the ids of the datasets by guid."""
        source = f"old-{address}"
        row = {"id": source, "url": address, "title": "Ancienne source", "type": type_, "frequency": "DAILY",
               "config": "", "active": True, **values}  # fmt: skip
        made = {}
        with model.meta.engine.begin() as connection:
            connection.execute(
                sa.text(f"INSERT INTO harvest_source ({', '.join(row)}) VALUES (:{', :'.join(row)})"), row
            )
            connection.execute(
                sa.text(
                    "INSERT INTO package (id, name, title, type, state, owner_org, private)"
                    " VALUES (:id, :id, 'Ancienne source', 'harvest', 'active', :org, false)"
                ),
                {"id": source, "org": towns["viriat"]},
            )
        for number, (guid, title) in enumerate(datasets.items()):
            made[guid] = factories.Dataset(title=title, owner_org=towns["viriat"])["id"]
            with model.meta.engine.begin() as connection:
                connection.execute(
                    sa.text("INSERT INTO harvest_object VALUES (:id, :guid, true, '', 'COMPLETE', :source, :package)"),
                    {"id": f"{source}-{number}", "guid": guid, "source": source, "package": made[guid]},
                )
        return made

    with model.meta.engine.begin() as connection:
        connection.execute(sa.text(_TABLES))
    yield write
    model.Session.remove()
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE harvest_object; DROP TABLE harvest_source"))
