"""OGC API – Features: asked as the standard says, then by GDAL's own client, which is what QGIS uses."""

from __future__ import annotations

import json
import subprocess
import sys
import threading

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests.helpers import call_action
from openapi_spec_validator import validate
from werkzeug.serving import make_server

from .conftest import PLACES, acting


@pytest.fixture
def served(app, monkeypatch):
    """The portal on a port of this machine."""
    server = make_server("127.0.0.1", 0, app.flask_app, threaded=True)
    monkeypatch.setitem(tk.config, "ckan.site_url", f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def test_the_landing_page_leads_everywhere(ask):
    found = ask("/ogc", status=200).json
    rels = {link["rel"]: link["href"] for link in found["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= rels.keys()
    conforms = ask("/ogc/conformance", status=200).json["conformsTo"]
    assert {one.rsplit("/", 1)[1] for one in conforms} == {"core", "geojson", "oas30"}


def test_the_description_is_openapi(ask):
    answer = ask("/ogc/api", status=200)
    assert answer.headers["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    validate(answer.json)


def test_only_the_layers_that_one_may_see_are_listed(drawn, ask, dataset, clerk):
    resource = drawn()
    (one,) = ask("/ogc/collections", status=200).json["collections"]
    assert (one["id"], one["extent"]["spatial"]["bbox"][0][0]) == (resource["id"], pytest.approx(5.1597))
    assert "Lieux publics" in one["title"]
    call_action("package_patch", context=acting(clerk), id=dataset["id"], private=True)
    assert ask("/ogc/collections", status=200).json["collections"] == []
    assert len(ask("/ogc/collections", clerk, status=200).json["collections"]) == 1


def test_pages_follow_one_another_and_hold_everything_once(drawn, ask):
    resource = drawn()
    address, names = f"/ogc/collections/{resource['id']}/items?limit=2", []
    while address:
        page = ask(address.replace("http://test.ckan.net", ""), status=200).json
        names += [one["properties"]["nom"] for one in page["features"]]
        assert page["numberMatched"] == len(PLACES)
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert names == [name for name, _, _ in PLACES]
    assert [link["rel"] for link in page["links"]][:2] == ["self", "prev"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("bbox=5.2,46.2,5.3,46.3", ["Mairie de Viriat"]),
        ("bbox=46.2,5.2,46.3,5.3&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326", ["Mairie de Viriat"]),
        ("bbox=5.2,46.2,0,5.3,46.3,100", ["Mairie de Viriat"]),
        ("bbox=0,0,1,1", []),
        ("nom=Mairie d’Attignat", ["Mairie d’Attignat"]),
        ("nom=Mairie d’Attignat' OR '1'='1", []),
        ("rang=3", ["Mairie de Péronnas"]),
        ("part=2.5", ["Mairie d’Attignat"]),
        ("datetime=2022-05-01", ["Mairie d’Attignat"]),
        ("datetime=2022-01-01T00:00:00Z/..", ["Mairie d’Attignat", "Mairie de Péronnas"]),
        ("datetime=../2021-12-31", ["Mairie de Viriat"]),
        ("rang=3&bbox=0,0,1,1", []),
    ],
)
def test_questions(drawn, ask, question, names):
    page = ask(f"/ogc/collections/{drawn()['id']}/items?{question}", status=200).json
    assert [one["properties"]["nom"] for one in page["features"]] == names
    assert page["numberMatched"] == page["numberReturned"] == len(names)


@pytest.mark.parametrize(
    "question",
    [
        "bbox=1,2,3", "bbox=a,b,c,d", "bbox=5,47,6,46", "bbox=nan,0,1,1", "bbox=5,46,6,47&bbox-crs=EPSG:2154",
        "limit=0", "limit=-1", "limit=dix", "offset=-1", "datetime=hier", "datetime=2023-01-01/2022-01-01",
        "datetime=../..", "inconnu=1", "rang=trois", "f=xml", "limit=1&limit=2", "crs=EPSG:2154",
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_is_refused_in_a_sentence(drawn, ask, question):
    answer = ask(f"/ogc/collections/{drawn()['id']}/items?{question}", status=400)
    assert answer.json["code"] == "400"
    assert answer.json["description"].endswith((".", "!"))


def test_one_object_and_what_does_not_exist(drawn, ask):
    resource = drawn()
    one = ask(f"/ogc/collections/{resource['id']}/items/2", status=200).json
    assert (one["id"], one["properties"]["nom"], one["geometry"]["type"]) == (2, "Mairie d’Attignat", "Point")
    for path in ("items/99", "items/x", "items/-1"):
        assert ask(f"/ogc/collections/{resource['id']}/{path}", status=404).json["description"]
    for id_ in ("inconnu", resource["id"] + ".7", "../etc"):
        ask(f"/ogc/collections/{id_}", status=404)


def test_gdal_reads_the_layers_as_qgis_does(drawn, served):
    resource = drawn()
    found = _client(f"{served}/ogc", resource["id"])
    assert resource["id"] in found["layers"]
    assert sorted(found["names"]) == sorted(name for name, _, _ in PLACES)
    assert found["near"] == 1


_CLIENT = """
import json, sys
import pyogrio
address, layer = "OAPIF:" + sys.argv[1], sys.argv[2]
layers = [name for name, _ in pyogrio.list_layers(address)]
meta, _, _, fields = pyogrio.raw.read(address, layer=layer)
_, _, near, _ = pyogrio.raw.read(address, layer=layer, bbox=(5.2, 46.2, 5.3, 46.3))
names = list(fields[list(meta["fields"]).index("nom")])
print(json.dumps({"layers": layers, "names": names, "near": len(near)}))
"""


def _client(address, layer):
    """Read a layer from another process, as a client does."""
    done = subprocess.run(
        [sys.executable, "-c", _CLIENT, address, layer], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
