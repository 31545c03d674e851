"""An organisation's catalogue on data.gouv.fr is read from the address of its page."""

from __future__ import annotations

import pytest

from ckanext.ca3b.harvest.sources import SourceError

from .serving import ANSWERS, answer, by_title, codes, read_at, read_file, serving

FOUND = answer("udata_datasets.json")
ORGANISATION = answer("udata_organization.json")


def udata(method, path, query):
    """Answer as udata: two datasets a page, the next page by its address."""
    if path == "/api/1/organizations/commune-de-peronnas/datasets/":
        page = int(query["page"])
        rows = FOUND["data"][2 * page - 2 : 2 * page]
        following = f"@HERE@{path}?page={page + 1}" if 2 * page < len(FOUND["data"]) else None
        return {**FOUND, "data": rows, "page": page, "next_page": following}
    if path == f"/api/1/organizations/{ORGANISATION['id']}/":
        return ORGANISATION
    if path == "/api/1/datasets/menus/":
        return FOUND["data"][2]
    return "<html><title>data.gouv.fr</title></html>" if "api" not in path else None


@pytest.mark.parametrize(
    "address", ["/organizations/commune-de-peronnas/", "/fr/organizations/commune-de-peronnas/#/datasets"]
)
def test_the_page_of_an_organisation_gives_all_its_datasets(address):
    with serving(udata) as site:
        reading = read_at(site.address + address)
        asked = site.paths()
    assert (reading.kind, reading.pages, reading.complete) == ("datagouv", 2, True)
    assert list(by_title(reading)) == [
        "Délibérations du conseil municipal", "Base adresse (ancienne)", "Menus des cantines"]  # fmt: skip
    assert {each.publisher.identifier for each in reading.datasets} == {"21010289100010"}, "the SIRET of the commune"
    assert asked.count(f"/api/1/organizations/{ORGANISATION['id']}/") == 1


def test_what_a_dataset_says_is_told_in_our_words():
    found = by_title(read_file(ANSWERS / "udata_datasets.json"))["Délibérations du conseil municipal"]
    assert found.license.endswith("/Licence_Ouverte.pdf")
    assert found.frequency.endswith("/MONTHLY")
    assert found.modified == "2025-03-30T10:00:00+00:00", "of its data, not of its page"
    assert found.spatial[0].codes == ("01289",)
    assert found.contact.email == "sig@peronnas.example"
    file, notice = found.resources
    assert file.checksum == "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"
    assert file.conforms_to == ("https://schema.data.gouv.fr/schemas/scdl/deliberations/2.1.3/schema.json",)
    assert (notice.format, notice.raw) == ("PDF", {"type": "documentation"})
    assert found.raw == {"extras": {"source:interne": "GED"}}


def test_an_outline_and_an_open_period_are_kept():
    found = by_title(read_file(ANSWERS / "udata_datasets.json"))["Menus des cantines"]
    assert found.spatial[0].bbox == (5.18, 46.15, 5.25, 46.2)
    assert [(one.start, one.end) for one in found.temporal] == [("2025-01-01", "")]
    assert found.frequency == "", "« unknown » says nothing"


def test_an_archived_dataset_is_told_as_such():
    reading = read_file(ANSWERS / "udata_datasets.json")
    assert {"archived", "missing-license", "no-resource"} <= codes(reading, "60911c2f4d1c2a0001aaaa02")


def test_one_dataset_by_its_page():
    with serving(udata) as site:
        reading = read_at(f"{site.address}/datasets/menus/", "datagouv")
    assert list(by_title(reading)) == ["Menus des cantines"]


def test_the_whole_of_data_gouv_fr_is_nobody_s_catalogue():
    with serving(udata) as site, pytest.raises(SourceError, match="page de l’organisation"):
        read_at(site.address, "datagouv")


def test_without_the_organisation_s_own_answer_its_name_is_enough():
    def silent(method, path, query):
        return 503 if path.endswith(f"{ORGANISATION['id']}/") else udata(method, path, query)

    with serving(silent) as site:
        reading = read_at(f"{site.address}/organizations/commune-de-peronnas/", "datagouv")
    assert {each.publisher.name for each in reading.datasets} == {"Commune de Péronnas"}
    assert reading.complete
