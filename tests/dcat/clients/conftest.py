"""Clients that were not written for us, on the catalogue that is served."""

from __future__ import annotations

import http.server
import json
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.ca3b.tables import schemas
from tests.served import Portal, served, settle

from . import environment

#: Those of data.gouv.fr that a French portal uses: what udata matches a licence with.
LICENCES = [
    {"id": "notspecified", "title": "License Not Specified"},
    {"id": "lov2", "title": "Licence Ouverte / Open Licence version 2.0", "maintainer": "Etalab",
     "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence"},
    {"id": "fr-lo", "title": "Licence Ouverte / Open Licence", "maintainer": "Etalab",
     "url": "https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf"},
    {"id": "odc-odbl", "title": "Open Data Commons Open Database License (ODbL)",
     "url": "http://opendatacommons.org/licenses/odbl/summary/"},
    {"id": "cc-by", "title": "Creative Commons Attribution",
     "url": "http://www.opendefinition.org/licenses/cc-by"},
]  # fmt: skip


@pytest.fixture(scope="session")
def portal() -> Portal:
    """The portal that is served, with the data of the demonstration, once nothing of it is still being made."""
    found = served()
    settle(found)
    return found


@pytest.fixture(scope="session")
def table_schemas() -> Iterator[str]:
    """The address of a catalogue of table schemas, laid out as that of schema.data.gouv.fr."""
    listed = [
        {"name": one.official, "title": one.title, "schema_type": "tableschema",
         "schema_url": one.url.replace(one.version, "latest"),
         "versions": [{"version_name": one.version, "schema_url": one.url}]}
        for one in schemas.all_schemas() if one.official and one.url
    ]  # fmt: skip
    body = json.dumps({"version": 1, "schemas": listed}).encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/schemas.json"
    server.shutdown()
    server.server_close()


class Udata:
    """A running udata: each night it harvests the catalogue it was given."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def night(self) -> dict[str, Any]:
        """Harvest, and give what udata has to say."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "udata stopped: its log is above"
        return json.loads(answer)


@pytest.fixture(scope="module")
def udata(table_schemas: str, tmp_path_factory: pytest.TempPathFactory):
    """Start a udata for a catalogue; fails with a sentence where it cannot be installed."""
    try:
        python = environment.python()
    except environment.NoEnvironmentError as problem:
        pytest.fail(str(problem), pytrace=False)
    started: list[subprocess.Popen[str]] = []

    def start(catalogue: str) -> Udata:
        asked = {"catalogue": catalogue, "schemas": table_schemas, "licences": LICENCES}
        script = environment.REQUIREMENTS.with_name("udata_harvester.py")
        process = subprocess.Popen(
            [str(python), str(script), json.dumps(asked)], cwd=tmp_path_factory.mktemp("udata"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        started.append(process)
        return Udata(process)

    yield start
    for process in started:
        process.kill()
        process.communicate()
