"""The report page of a file, its downloads, and who may open them."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from bs4 import BeautifulSoup
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from .conftest import SCHEMA, rows, upload

GOOD = rows(SCHEMA, "valid")
BAD = rows(SCHEMA, "invalid")
REPAIRABLE = GOOD.replace(b"ENFANT_SEXE", b"Enfant sexe").replace(b"\n", b"  \n", 2)


@pytest.fixture
def as_browser(clerk):
    """What a browser of the clerk sends."""
    return {"Authorization": clerk["token"]}


@pytest.fixture
def opened(app, as_browser):
    """Read the report page of a file as the clerk."""

    def read(resource, **given):
        return soup(app.get(f"/bureau/fichiers/{resource['id']}", headers=as_browser, **given))

    return read


def soup(response):
    return BeautifulSoup(response.body, "html.parser")


def test_the_page_reads_from_top_to_bottom(send, opened):
    seen = opened(send(BAD))
    assert [title["id"] for title in seen.select("h2[id]")] == ["how", "fix", "next"]
    assert len(seen.select("h1")) == 1


def test_the_first_rows_and_each_fault_are_shown(send, opened, report):
    resource = send(BAD)
    seen = opened(resource)
    headers = [cell.find("span").get_text() for cell in seen.select(".ca3b-first-rows thead th")]
    assert headers == [column["name"] for column in report(resource)["reading"]["columns"]]
    assert [cell.get_text() for cell in seen.select(".ca3b-first-rows tbody tr:first-child td")] == (
        report(resource)["reading"]["preview"][0]
    )
    faults = {(one["code"], one["column"]) for one in report(resource)["verdict"]["errors"]}
    assert len(seen.select(".ca3b-fault")) == len(faults)
    words = seen.select_one(".ca3b-faults").get_text()
    assert all(one["message"] in words for one in report(resource)["verdict"]["errors"])


def test_a_document_is_not_asked_to_be_corrected(send, opened):
    seen = opened(send(b"%PDF-1.7\n", "notice.pdf"))
    assert not seen.select(".ca3b-fault, form[action$='/corriger']")
    assert not seen.select(".ca3b-state.late")


def test_a_clerk_says_how_to_read_the_file_and_which_schema_it_follows(app, send, as_browser, report):
    resource = send("a;b\nété;1\n".encode("mac-roman"), "été.csv")
    address = f"/bureau/fichiers/{resource['id']}"
    form = {"reading": "1", "encoding": "mac-roman", "delimiter": ";", "header_row": "0", "decimal": ","}
    answer = app.post(address, params=form, headers=as_browser, follow_redirects=False)
    assert answer.status_code == 302
    options = {"encoding": "mac-roman", "delimiter": ";", "header_row": -1, "decimal": ","}
    assert report(resource)["options"] == options
    app.post(address, params={"schema": SCHEMA}, headers=as_browser, follow_redirects=False)
    assert (report(resource)["schema"], report(resource)["options"]) == (SCHEMA, options)


def test_a_wrong_wish_is_told_on_the_page(app, send, as_browser):
    resource = send(GOOD)
    form = {"reading": "1", "header_row": "deux"}
    answer = app.post(f"/bureau/fichiers/{resource['id']}", params=form, headers=as_browser, status=400)
    assert soup(answer).select_one("[role=alert]").get_text(strip=True)


def test_after_a_form_the_assistant_gets_its_page_back_but_no_other_site(app, send, as_browser):
    resource = send(GOOD)
    address = f"/bureau/fichiers/{resource['id']}"
    for came_from, expected in (("/publier/brouillon", "/publier/brouillon"), ("https://mal.example/", address)):
        form = {"schema": "auto", "came_from": came_from}
        answer = app.post(address, params=form, headers=as_browser, follow_redirects=False)
        assert answer.headers["location"].removeprefix("http://test.ckan.net") == expected


def test_all_errors_are_downloaded_with_their_place(app, send, as_browser, report):
    resource = send(BAD * 1)
    answer = app.get(f"/fichiers/{resource['id']}/erreurs.csv", headers=as_browser)
    lines = list(csv.DictReader(io.StringIO(answer.body.encode().decode("utf-8-sig")), delimiter=";"))
    verdict = report(resource)["verdict"]
    assert len(lines) == verdict["error_count"]
    assert [one["Colonne"] for one in lines] == [one["column"] or "" for one in verdict["errors"]]
    assert "prenoms-erreurs.csv" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_more_errors_than_the_page_shows_are_all_in_the_download(app, send, as_browser, report):
    header, row = BAD.decode().splitlines()[:2]
    resource = send("\n".join([header, *[row] * 700]).encode())
    verdict = report(resource)["verdict"]
    assert len(verdict["errors"]) == 1000 < verdict["error_count"]
    answer = app.get(f"/fichiers/{resource['id']}/erreurs.csv", headers=as_browser)
    assert len(answer.body.splitlines()) == verdict["error_count"] + 1


def test_the_annotated_workbook_shows_the_wrong_cells(app, send, as_browser, report):
    resource = send(BAD)
    answer = app.get(f"/fichiers/{resource['id']}/annote.xlsx", headers=as_browser)
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    comments = [cell.comment for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(comments) == report(resource)["verdict"]["error_count"]


def test_a_file_without_schema_has_no_error_to_download(app, send, as_browser):
    resource = send(b"couleur;oies\nverte;12\n", "oies.csv")
    for name in ("erreurs.csv", "annote.xlsx"):
        app.get(f"/fichiers/{resource['id']}/{name}", headers=as_browser, status=404)


def test_one_click_corrects_what_can_be_without_loss(app, send, as_browser, report, opened):
    resource = send(REPAIRABLE, "Prénoms 2024.csv")
    before = report(resource)
    assert before["repairs"]
    proposed = opened(resource)
    assert all(change["message"] in proposed.get_text() for change in before["repairs"])
    answer = app.post(f"/bureau/fichiers/{resource['id']}/corriger", headers=as_browser, follow_redirects=False)
    assert answer.status_code == 302
    after = report(resource)
    assert after["sha256"] != before["sha256"]
    assert (after["verdict"]["valid"], after["repairs"]) == (True, [])
    assert after["reading"]["rows"] == before["reading"]["rows"]
    seen = call_action("resource_show", id=resource["id"])
    assert (seen["format"], seen["url"].rsplit("/", 1)[-1]) == ("CSV", after["filename"])
    assert after["filename"].endswith(".csv")


def test_nothing_to_correct_changes_nothing(app, send, as_browser, report):
    resource = send(GOOD)
    before = report(resource)
    app.post(f"/bureau/fichiers/{resource['id']}/corriger", headers=as_browser, status=400)
    assert report(resource)["sha256"] == before["sha256"]


ROUTES = [
    ("GET", "/bureau/fichiers/{}"),
    ("POST", "/bureau/fichiers/{}"),
    ("POST", "/bureau/fichiers/{}/corriger"),
    ("GET", "/bureau/fichiers/{}/etat"),
    ("GET", "/fichiers/{}/erreurs.csv"),
    ("GET", "/fichiers/{}/annote.xlsx"),
]


@pytest.mark.parametrize(("method", "address"), ROUTES)
def test_other_people_are_refused_everywhere(app, send, neighbour, report, method, address):
    resource = send(BAD)
    before = report(resource)
    answer = getattr(app, method.lower())(address.format(resource["id"]), follow_redirects=False)
    assert answer.status_code in {302, 401, 403}
    if answer.status_code == 302:
        assert "/user/login" in answer.headers["location"]
    assert before["verdict"]["errors"][0]["message"] not in answer.body
    asked = {"status": 403, "headers": {"Authorization": neighbour["token"]}}
    getattr(app, method.lower())(address.format(resource["id"]), **asked)
    assert report(resource) == before


@pytest.mark.parametrize(("method", "address"), ROUTES)
def test_an_unknown_file_is_not_found(app, as_browser, commune, method, address):
    getattr(app, method.lower())(address.format("inconnu"), headers=as_browser, status=404)


@pytest.mark.parametrize("action", ["ca3b_report_show", "ca3b_report_create", "ca3b_file_repair"])
def test_the_actions_refuse_whoever_may_not_replace_the_file(app, send, neighbour, action):
    resource = send(GOOD)
    given = {"resource_id": resource["id"]}
    for headers in ({}, {"Authorization": neighbour["token"]}):
        app.post(f"/api/action/{action}", json=given, headers=headers, status=403)


def test_what_is_to_correct_is_not_for_visitors(app, commune):
    app.post("/api/action/ca3b_report_todo", json={"package_ids": []}, status=403)


def test_progress_is_told_to_the_script(app, send, as_browser):
    resource = send(GOOD)
    answer = app.get(f"/bureau/fichiers/{resource['id']}/etat", headers=as_browser)
    assert answer.json == {"state": "done", "progress": 100, "step": ""}


def test_everybody_reads_which_schema_a_public_file_follows_and_nothing_of_a_wrong_one(app, send, dataset, replace):
    resource = send(GOOD)
    address = f"/dataset/{dataset['name']}/resource/{resource['id']}"
    followed = soup(app.get(address)).select_one(".ca3b-followed")
    assert followed.find("a")["href"] == f"/schemas/{SCHEMA}"
    replace(resource, BAD)
    seen = soup(app.get(address))
    assert not seen.select(".ca3b-followed")
    assert not seen.select(f"a[href*='/bureau/fichiers/{resource['id']}']")


def test_those_who_may_edit_find_the_report(app, send, dataset, as_browser):
    resource = send(BAD)
    report = f"/bureau/fichiers/{resource['id']}"
    for address in (f"/dataset/{dataset['name']}", f"/dataset/{dataset['name']}/resource/{resource['id']}", "/bureau"):
        assert soup(app.get(address, headers=as_browser)).select(f"a[href='{report}']"), address


def test_a_draft_file_is_reported_to_its_author(app, commune, as_clerk, as_browser, opened):
    draft = call_action(
        "package_create",
        context=dict(as_clerk),
        title="Brouillon",
        notes="Vide.",
        owner_org=commune["id"],
        state="draft",
    )
    resource = call_action(
        "resource_create", context=dict(as_clerk), package_id=draft["id"], upload=upload(GOOD, "prenoms.csv")
    )
    assert opened(resource).select(".ca3b-first-rows")
    app.get(f"/bureau/fichiers/{resource['id']}", status=200)  # asked to sign in


def places(page) -> list[str]:
    return [" ".join(place.get_text().split()) for place in page.select(".ca3b-fault-place")]


def test_every_error_says_its_line(send, opened):
    header, row = GOOD.decode().splitlines()[:2]
    wrong = row.rsplit(";", 1)[0] + ";l’an dernier"
    assert places(opened(send("\n".join([header, row, wrong]).encode()))) == ["Ligne 3 :"]
    titled = "\n".join(["Prénoms de l’année", "", header, row, wrong, wrong, row, *[wrong] * 12]).encode()
    assert places(opened(send(titled))) == ["Lignes 5, 6, 8, 9, 10, 11, 12, 13 et 6 autres :"]


def test_every_error_of_a_workbook_says_its_sheet_and_its_line(send, opened):
    header, row = (line.split(";") for line in GOOD.decode().splitlines()[:2])
    book = openpyxl.Workbook()
    book.active.title = "Naissances"
    for line in (header, row, [*row[:-1], "hier"], [*row[:-1], "demain"]):
        book.active.append(line)
    book.create_sheet("Notes").append(["Relu par l’état civil"])
    target = io.BytesIO()
    book.save(target)
    assert "Feuille « Naissances », lignes 3 et 4 :" in places(opened(send(target.getvalue(), "prenoms.xlsx")))


def test_dates_that_read_in_two_ways_are_corrected_once_their_order_is_declared(app, send, as_browser, report, opened):
    lines = rows("scdl-deliberations", "valid").decode().splitlines()
    at = lines[0].split(";").index("DELIB_DATE")
    resource = send("\n".join([lines[0], with_cell(lines[1], at, "05/02/2026")]).encode(), "deliberations.csv")
    before = report(resource)
    assert (before["verdict"]["error_count"], before["repairs"]) == (1, [])
    page = opened(resource)
    assert "choisissez l’ordre des dates" in page.select_one("#better ~ .ca3b-warnings").get_text()
    assert page.select_one("details#reading-options[open] select[name=date_order]")
    form = {"reading": "1", "date_order": "dmy"}
    app.post(f"/bureau/fichiers/{resource['id']}", params=form, headers=as_browser, follow_redirects=False)
    assert [change["kind"] for change in report(resource)["repairs"]] == ["date"]
    app.post(f"/bureau/fichiers/{resource['id']}/corriger", headers=as_browser, follow_redirects=False)
    after = report(resource)
    assert after["verdict"]["valid"]
    assert "2026-02-05" in after["reading"]["preview"][0]


def with_cell(line: str, at: int, value: str) -> str:
    (cells,) = csv.reader([line], delimiter=";")
    cells[at] = value
    return ";".join(f'"{cell}"' for cell in cells)


def test_a_file_is_replaced_in_the_assistant(send, opened, dataset):
    resource = send(GOOD)
    links = [one["href"] for one in opened(resource).select("a") if "Remplacer" in one.get_text()]
    assert links == [tk.h.ca3b_replace_url(dataset, resource)]
