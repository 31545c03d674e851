"""What visitors see of a table: the page, the exports, the API page, each only to those who may read the file."""

from __future__ import annotations

import io
import json

import openpyxl
import polars as pl
import pytest
from ckan.tests import factories

from ckanext.ca3b.serving import loading
from ckanext.ca3b.tables import schemas

from .conftest import CSV, MINIMAL, load, put, table

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.ckan_config("ckanext.ca3b.tables.page_rows", "2"),
    pytest.mark.usefixtures("portal", "with_plugins"),
]


@pytest.fixture
def resource(portal, with_plugins):
    """One file for all tests that only look at it."""
    if "looked at" not in portal.tables:
        portal.tables["looked at"] = table(portal.dataset)
    return portal.tables["looked at"]


def page(resource):
    return f"/dataset/{resource['package_id']}/resource/{resource['id']}"


def texts(found, selector):
    return [" ".join(one.get_text(" ").split()) for one in found.select(selector)]


def names(found):
    return texts(found, "#ca3b-table tbody td:first-child")


def test_the_page_of_the_file_shows_its_first_rows_without_script(see, resource):
    found = see(page(resource))
    assert names(found) == ["École des Lilas", "Collège de l’Étang"]
    assert [one["scope"] for one in found.select("#ca3b-table thead th")] == ["col"] * 6
    assert found.select_one("#ca3b-table caption")
    cells = texts(found, "#ca3b-table tbody tr:first-child td")
    assert cells == ["École des Lilas", "01004", "112", "1204,50", "03/09/1987", "oui"]
    assert "12\u202f345,25" in found.select("#ca3b-table tbody tr")[1].get_text()


def test_the_next_page_and_the_order_are_links(see, resource):
    found = see(page(resource))
    assert names(see(found.select_one("#ca3b-table-after")["href"])) == ["École Été"]
    sorted_ = see(found.select("#ca3b-table thead th a")[2]["href"])
    assert names(sorted_) == ["École des Lilas", "Collège de l’Étang"]
    assert [one["aria-sort"] for one in sorted_.select("#ca3b-table thead th")][2] == "ascending"
    down = see(sorted_.select("#ca3b-table thead th a")[2]["href"])
    assert names(down) == ["Collège de l’Étang", "École des Lilas"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "écoles"}, ["École des Lilas", "École Été"]),
        ({"colonne": "nom", "test": "contient", "valeur": "ecole"}, ["École des Lilas", "École Été"]),
        ({"colonne": "nom", "test": "debut", "valeur": "COL"}, ["Collège de l’Étang"]),
        ({"colonne": "surface", "test": "min", "valeur": "1 204,5"}, ["École des Lilas", "Collège de l’Étang"]),
        ({"colonne": "ouverture", "test": "max", "valeur": "3/9/1987"}, ["École des Lilas"]),
        ({"colonne": "ouverture", "test": "contient", "valeur": "1999"}, ["École Été"]),
        ({"colonne": "cantine", "test": "egal", "valeur": "Non"}, ["Collège de l’Étang"]),
        ({"colonne": "effectif", "test": "vide", "valeur": ""}, ["École Été"]),
        ({"colonne": "nom", "test": "contient", "valeur": "%"}, []),
        ({"colonne": "nom", "test": "egal", "valeur": "'; DROP TABLE x; --"}, []),
    ],
)
def test_rows_are_kept_by_a_question_in_the_address(see, resource, asked, expected):
    found = see(page(resource), query_string=asked)
    assert names(found) == expected
    if not expected:
        assert found.select_one("#ca3b-table .ca3b-none a")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"colonne": "surface", "test": "min", "valeur": "beaucoup"}, "beaucoup"),
        ({"colonne": "ouverture", "test": "min", "valeur": "31/02/2024"}, "31/02/2024"),
        ({"colonne": "disparue", "test": "egal", "valeur": "1"}, "disparue"),
        ({"tri": "disparue"}, "disparue"),
    ],
)
def test_a_question_that_makes_no_sense_is_told(see, resource, asked, said):
    found = see(page(resource), query_string=asked)
    assert said in found.select_one("#ca3b-table .alert").get_text()
    assert len(names(found)) == 2


@pytest.mark.parametrize(
    "asked", ["page=0", "page=99999999999999999999", "page=-1", "page=x", "test=rm&colonne=nom", "q=%00", "voir=rien"]
)
def test_any_address_is_answered(see, resource, asked):
    assert see(f"{page(resource)}?{asked}").select_one("#ca3b-table table")


def test_columns_are_chosen(see, resource):
    found = see(f"{page(resource)}?voir=code&voir=cantine")
    assert len(found.select("#ca3b-table thead th")) == 2
    assert [one["value"] for one in found.select("input[name=voir][checked]")] == ["code", "cantine"]


def test_scripts_get_the_table_alone_and_the_address_to_share(app, see, resource):
    url = f"/fichiers/{resource['id']}/tableau?q=lilas&colonne=&test=contient&valeur="
    answer = app.get(url, headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "École des Lilas" in answer.text
    shared = answer.headers["HX-Push-Url"]
    assert names(see(shared)) == ["École des Lilas"]
    assert "colonne" not in shared
    assert app.get(url, follow_redirects=False).headers["Location"].endswith(shared)


def test_an_empty_table_says_so(see, dataset):
    found = see(page(table(dataset, "nom;date\n")))
    assert found.select_one("#ca3b-table .ca3b-none")


def test_values_are_text_and_only_web_addresses_are_links(see, dataset):
    lines = 'alerte <script>alert(1)</script>;https://example.org/é?a=1\n"&amp;";javascript:alert(1)\n'
    found = see(page(table(dataset, "nom;lien\n" + lines)))
    assert not found.select("#ca3b-table script")
    assert [one["href"] for one in found.select("#ca3b-table tbody a")] == ["https://example.org/é?a=1"]
    assert texts(found, "#ca3b-table tbody td")[2] == "&amp;"


def test_the_dataset_shows_the_first_rows_and_the_formats(see, commune):
    dataset = factories.Dataset(owner_org=commune["id"], **MINIMAL)
    resource = table(dataset)
    found = see(f"/dataset/{dataset['name']}")
    assert texts(found, ".ca3b-preview tbody td:first-child")[0] == "École des Lilas"
    links = {one.find(string=True).strip(): one["href"] for one in found.select(".ca3b-file .ca3b-meta a")}
    assert set(links) == {"CSV", "XLSX", "JSON", "Parquet"}
    assert links["CSV"] == f"/fichiers/{resource['id']}.csv"
    assert found.select(f"a[href='/fichiers/{resource['id']}/api']")


def test_the_columns_are_explained_by_the_schema(see, dataset, monkeypatch):
    report = {"state": "done", "options": {}, "schema": "scdl-prenoms", "error": None}
    monkeypatch.setattr(loading, "report_of", lambda _: report)
    header = "COLL_NOM,COLL_INSEE,ENFANT_SEXE,ENFANT_PRENOM,NOMBRE_OCCURENCES,ANNEE\n"
    resource = table(dataset, header + "Viriat,01451,F,Zoé,4,2024\n")
    found = see(page(resource)).select_one("#colonnes")
    field = schemas.load("scdl-prenoms").field("ENFANT_PRENOM")
    assert field.title in found.get_text()
    assert field.description in found.get_text()


def test_every_format_holds_every_row_and_the_headers_of_the_file(app, resource):
    csv = app.get(f"/fichiers/{resource['id']}.csv")
    assert csv.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert csv.headers["Content-Disposition"] == "attachment; filename=ecoles.csv"
    lines = csv.data.decode().splitlines()
    assert lines[0] == "nom,code,effectif,surface,ouverture,cantine"
    assert lines[1] == "École des Lilas,01004,112,1204.50,1987-09-03,true"
    assert len(lines) == 4
    sheet = openpyxl.load_workbook(io.BytesIO(app.get(f"/fichiers/{resource['id']}.xlsx").data)).active
    assert [cell.value for cell in list(sheet.rows)[1]][:4] == ["École des Lilas", "01004", 112, 1204.5]
    records = json.loads(app.get(f"/fichiers/{resource['id']}.json").data)
    assert records[2] == {
        "nom": "École Été",
        "code": "01004",
        "effectif": None,
        "surface": 75.0,
        "ouverture": "1999-09-02",
        "cantine": True,
    }
    frame = pl.read_parquet(io.BytesIO(app.get(f"/fichiers/{resource['id']}/export.parquet").data))
    assert frame.schema["ouverture"] == pl.Date
    assert frame["effectif"].to_list() == [112, 640, None]


def test_the_rows_of_a_question_are_downloaded(app, see, resource):
    found = see(f"{page(resource)}?colonne=cantine&test=egal&valeur=oui&tri=nom&sens=desc&voir=nom")
    link = next(one["href"] for one in found.select("#ca3b-table a") if one.get_text() == "CSV")
    assert app.get(link).data.decode().replace('"', "").splitlines() == ["nom", "École Été", "École des Lilas"]


def test_texts_with_line_ends_and_formulas_are_exported_safely(app, dataset):
    resource = table(dataset, 'texte;autre\n"deux\nlignes\t\\fin";x\n=1+1;y\n;z\n')
    records = json.loads(app.get(f"/fichiers/{resource['id']}.json").data)
    assert [one["texte"] for one in records] == ["deux\nlignes\t\\fin", "=1+1", None]
    assert not [
        line for line in app.get(f"/fichiers/{resource['id']}.csv").data.decode().splitlines() if line.startswith("=")
    ]


def test_an_export_of_no_row_has_its_header(app, dataset):
    resource = table(dataset, "nom;date\n")
    assert app.get(f"/fichiers/{resource['id']}.csv").data.decode().split() == ["nom,date"]
    assert json.loads(app.get(f"/fichiers/{resource['id']}.json").data) == []


def test_the_file_itself_keeps_its_address(app, resource):
    assert app.get(f"/fichiers/{resource['id']}").data == CSV.encode()


def test_the_api_page_has_examples_with_the_real_address_that_work(app, see, resource):
    found = see(f"/fichiers/{resource['id']}/api")
    codes = {one["id"]: one.get_text() for one in found.select("pre")}
    assert {"code-curl", "code-python", "code-r", "code-csv"} <= set(codes)
    for key in ("code-curl", "code-python", "code-r"):
        assert resource["id"] in codes[key]
    address = codes["code-curl"].split("'")[3]
    answer = app.get(address.split("test.ckan.net", 1)[1])
    assert answer.json["result"]["records"][0]["nom"] == "École des Lilas"
    compile(codes["code-python"], "example", "exec")
    assert "ouverture" in found.get_text()


ADDRESSES = [
    "/fichiers/{id}.csv",
    "/fichiers/{id}.xlsx",
    "/fichiers/{id}/export.json",
    "/fichiers/{id}.parquet",
    "/fichiers/{id}/api",
    "/fichiers/{id}/tableau",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_private_table_is_for_its_organisation(app, commune, clerk, address):
    dataset = factories.Dataset(owner_org=commune["id"], private=True, **MINIMAL)
    resource = table(dataset)
    url = address.format(id=resource["id"])
    headers = {"HX-Request": "true"}
    assert "Lilas" not in app.get(url, headers=headers, status=403).text
    assert app.get(url, headers={**headers, "Authorization": clerk["token"]}).status_code == 200
    app.get(f"/api/3/action/datastore_search?resource_id={resource['id']}", status=403)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_not_there_is_not_found(app, address):
    app.get(address.format(id="00000000-0000-0000-0000-000000000000"), headers={"HX-Request": "true"}, status=404)


def test_a_replaced_file_keeps_every_address(app, dataset):
    resource = table(dataset)
    put(resource, "nom;classes\nÉcole des Tilleuls;4\n")
    load(resource)
    assert app.get(f"/fichiers/{resource['id']}.csv").data.decode().splitlines()[1] == "École des Tilleuls,4"
    answer = app.get(f"/api/3/action/datastore_search?resource_id={resource['id']}")
    assert answer.json["result"]["records"][0]["classes"] == 4


@pytest.mark.ckan_config("ckanext.ca3b.tables.inline_cells", 0)
def test_the_table_of_the_file_before_says_so(see, dataset):
    resource = table(dataset)
    put(resource, CSV.replace("112", "113"))
    assert see(page(resource)).select_one("#ca3b-table .alert")
