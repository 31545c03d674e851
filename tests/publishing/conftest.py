"""A commune with its clerk, files as business software exports them, and the portal's pages; one portal per module."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import _get_test_app, call_action
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.tables import schemas
from tests.emptying import purge_datasets

SCHEMA = schemas.load("scdl-deliberations")


def deliberations(rows: int = 5, **changes: dict[int, str]) -> bytes:
    """A file that follows the schema of délibérations; ``changes`` are cells by row from 1."""
    lines = [";".join(SCHEMA.field_names)]
    for number in range(1, rows + 1):
        row = {**SCHEMA.samples["valid"][0], "DELIB_ID": f"DC-2026-{number:03}"}
        row |= {column: cells[number] for column, cells in changes.items() if number in cells}
        lines.append(";".join(row.get(name) or "" for name in SCHEMA.field_names))
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def file(content: bytes, name: str = "délibérations.csv") -> FileStorage:
    """A file as a form or a call sends it."""
    return FileStorage(io.BytesIO(content), name)


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(scope="module")
def clerk(portal) -> dict[str, Any]:
    """An agent without any right outside of the commune."""
    return factories.UserWithToken(name="agent-viriat")


@pytest.fixture(scope="module")
def commune(clerk) -> dict[str, Any]:
    """The commune of the clerk."""
    return factories.Organization(
        name="viriat",
        title="Viriat",
        kind="commune",
        insee_code="01451",
        siren="210104519",
        contact_email="donnees@viriat.fr",
        users=[{"name": clerk["name"], "capacity": "editor"}],
    )


@pytest.fixture(scope="module")
def elsewhere(portal) -> dict[str, Any]:
    """A commune where the clerk has nothing to say."""
    return factories.Organization(name="attignat", title="Attignat", kind="commune", insee_code="01024")


@pytest.fixture(autouse=True)
def no_dataset_left(portal):
    """Purge what the test published: addresses come from titles."""
    yield
    purge_datasets()


@pytest.fixture
def publish(app, commune, clerk):
    """Publish in one call as the clerk; gives what CKAN's API answers."""

    def call(content: bytes | None = None, name: str = "délibérations.csv", status: int = 200, **fields: Any) -> Any:
        data = {"producer": "viriat", **fields}
        if content is not None:
            data["upload"] = (io.BytesIO(content), name)
        headers = {"Authorization": data.pop("token", clerk["token"])}
        answer = app.post(
            "/api/3/action/ca3b_publish",
            data=data,
            headers=headers,
            content_type="multipart/form-data",
        )
        assert answer.status_code == status, answer.body
        return answer.json["result"] if status == 200 else answer.json["error"]

    return call


@pytest.fixture
def visit(app, commune, clerk):
    """Ask for a page of the assistant, or post to it, as the clerk; gives it parsed, or the address it leads to."""

    def ask(address: str, status: int = 200, data: dict[str, Any] | None = None, **options: Any) -> Any:
        headers = {"Authorization": clerk["token"], **options.pop("headers", {})}
        call = app.get if data is None else app.post
        sent = {} if data is None else {"data": data, "content_type": "multipart/form-data"}
        answer = call(address, headers=headers, follow_redirects=False, **sent, **options)
        if answer.status_code in (301, 302):
            return answer.headers["Location"]
        assert answer.status_code == status, answer.body
        return answer.json if answer.is_json else BeautifulSoup(answer.body, "html.parser")

    return ask


def shown(id_: str) -> dict[str, Any]:
    """Read a dataset as CKAN keeps it."""
    return call_action("package_show", context={"ignore_auth": True}, id=id_)
