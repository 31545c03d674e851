"""udata, the software of data.gouv.fr, harvesting a catalogue night after night. Run by a Python that has udata.

One process is one platform, kept in memory by mongomock. Its first argument is a JSON of settings: ``catalogue`` (the
source), ``schemas`` (address of a catalogue of table schemas), ``licences`` (as udata's own command reads them). Each
line that comes on standard input is a night; each night answers one line of JSON: what udata says of its job, and of
every dataset it has. Nothing of udata is changed but where it keeps its documents.
"""

# ruff: noqa: E402 - the connection is replaced before udata makes its models
from __future__ import annotations

import json
import sys
from typing import Any

import mongoengine
import mongomock
from udata.flask_mongoengine import connection


def _in_memory(settings: dict[str, Any]) -> Any:
    """Keep documents in this process."""
    return mongoengine.connect(
        settings["name"], mongo_client_class=mongomock.MongoClient, uuidRepresentation="standard"
    )


connection._connect = _in_memory

from udata import api, frontend
from udata import settings as defaults
from udata.app import create_app
from udata.core.dataservices.models import Dataservice
from udata.core.dataset.models import Dataset, License
from udata.core.dataset.tasks import update_dataset_hvd_badge
from udata.core.organization.constants import CERTIFIED, PUBLIC_SERVICE
from udata.core.organization.models import Organization
from udata.harvest.backends import get_backend
from udata.harvest.models import HarvestSource


class Settings(defaults.Testing):
    """As in production, but for the addresses of this machine."""

    MONGODB_HOST_TEST = "mongodb://localhost/udata"
    HARVESTER_BACKENDS = ("dcat",)
    URLS_ALLOW_LOCAL = True
    URLS_ALLOW_PRIVATE = True
    HARVEST_MAX_CATALOG_SIZE_IN_MONGO = 10**9


def main() -> None:
    """Answer each line with a night."""
    asked = json.loads(sys.argv[1])
    Settings.SCHEMA_CATALOG_URL = asked["schemas"]
    app = create_app(defaults.Defaults, override=Settings)
    with app.app_context():
        api.init_app(app)
        frontend.init_app(app)
        source = _prepared(asked)
        for _ in sys.stdin:
            sys.stdout.write(json.dumps(_night(source), default=str) + "\n")
            sys.stdout.flush()


def _prepared(asked: dict[str, Any]) -> Any:
    """The licences, the organisation and its source, as an operator of the platform makes them."""
    for one in asked["licences"]:
        License.objects.create(**one)
    # udata gives the HVD badge to the datasets of certified public services alone.
    organization = Organization.objects.create(name="Agglomération", description="Une agglomération")
    for badge in (PUBLIC_SERVICE, CERTIFIED):
        organization.add_badge(badge)
    return HarvestSource.objects.create(
        name="Portail", backend="dcat", url=asked["catalogue"], organization=organization, autoarchive=True
    )


def _night(source: Any) -> dict[str, Any]:
    """Harvest once, give the badges, and tell everything."""
    job = get_backend(source.backend)(source).harvest()
    update_dataset_hvd_badge()
    return {
        "status": job.status,
        "errors": [one.message for one in job.errors],
        "pages": len(job.data.get("graphs", [])),
        "items": [
            {"id": one.remote_id, "status": one.status, "errors": [each.message for each in one.errors],
             "logs": [f"{each.level} {each.message}" for each in one.logs]}
            for one in job.items
        ],
        "datasets": [_dataset(one) for one in Dataset.objects],
        "services": [_service(one) for one in Dataservice.objects],
    }  # fmt: skip


def _dataset(one: Any) -> dict[str, Any]:
    period, spatial = one.temporal_coverage, one.spatial
    return {
        "id": str(one.id),
        "identifier": one.harvest.dct_identifier,
        "uri": one.harvest.uri,
        "page": one.harvest.remote_url,
        "archived": bool(one.archived_at),
        "title": one.title,
        "description": one.description,
        "licence": one.license.id if one.license else None,
        "tags": list(one.tags),
        "badges": [badge.kind for badge in one.badges],
        "schema": one.schema.to_dict() if one.schema else None,
        "spatial": spatial.geom if spatial else None,
        "period": [str(period.start), str(period.end)] if period else None,
        "frequency": one.frequency.value if one.frequency else None,
        "contacts": [
            {"name": each.name, "email": each.email, "form": each.contact_form, "role": each.role}
            for each in one.contact_points
        ],
        "created": one.harvest.created_at,
        "issued": one.harvest.issued_at,
        "modified": one.harvest.modified_at,
        "extras": one.extras,
        "resources": [_resource(each) for each in one.resources],
    }


def _resource(one: Any) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.title,
        "url": one.url,
        "type": one.type,
        "format": one.format,
        "mime": one.mime,
        "size": one.filesize,
        "schema": one.schema.to_dict() if one.schema else None,
        "checksum": {"type": one.checksum.type, "value": one.checksum.value} if one.checksum else None,
        "modified": one.harvest.modified_at if one.harvest else None,
        "extras": one.extras,
    }


def _service(one: Any) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.title,
        "identifier": one.harvest.remote_id if one.harvest else None,
        "url": one.base_api_url,
        "documentation": one.technical_documentation_url,
        "description": one.machine_documentation_url,
        "licence": one.license.id if one.license else None,
        "tags": list(one.tags),
        "contacts": [each.name for each in one.contact_points],
        "datasets": [str(each.id) for each in one.datasets],
    }


if __name__ == "__main__":
    main()
