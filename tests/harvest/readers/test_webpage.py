"""A plain page is read for the datasets that it describes, else for the data files that it links to."""

from __future__ import annotations

from .serving import answer, by_title, codes, pages, read_at, serving

LICENCE = '<a href="https://www.etalab.gouv.fr/licence-ouverte-open-licence">Licence Ouverte</a>'


def page(text):
    return pages({"/donnees": text})


def test_the_data_files_of_a_page_are_datasets_to_be_reviewed():
    with serving(page(answer("page_links.html"))) as site:
        reading = read_at(f"{site.address}/donnees")
        budget = by_title(reading)["Budget primitif 2024"]
        assert [(one.format, one.url.removeprefix(site.address)) for one in budget.resources] == [
            ("CSV", "/fichiers/budget-2024.csv"), ("XLSX", "/fichiers/budget-2024.xlsx")]  # fmt: skip
        assert budget.landing_page == f"{site.address}/donnees"
    assert reading.kind == "webpage"
    assert list(by_title(reading)) == ["Budget primitif 2024", "Aires de jeux d’enfants", "Subventions"]
    assert {each.provenance["review"] for each in reading.datasets} == {"required"}
    assert "found-on-a-page" in codes(reading, budget.identifier)


def test_documents_and_pages_are_no_data():
    with serving(page(answer("page_links.html"))) as site:
        reading = read_at(f"{site.address}/donnees")
    assert not any(one.url.endswith(".pdf") for each in reading.datasets for one in each.resources)


def test_the_one_licence_that_a_page_links_to_is_that_of_its_data():
    with serving(page(answer("page_links.html").replace("</main>", f"{LICENCE}</main>"))) as site:
        reading = read_at(f"{site.address}/donnees")
    assert {each.license for each in reading.datasets} == {"https://www.etalab.gouv.fr/licence-ouverte-open-licence"}


def test_two_licences_on_a_page_are_the_licence_of_nothing():
    other = '<a href="https://opendatacommons.org/licenses/odbl/">ODbL</a>'
    with serving(page(answer("page_links.html").replace("</main>", f"{LICENCE}{other}</main>"))) as site:
        reading = read_at(f"{site.address}/donnees")
    assert {each.license for each in reading.datasets} == {""}


def test_what_a_page_embeds_is_read_before_its_links():
    with serving(page(answer("page_schema_org.html"))) as site:
        reading = read_at(f"{site.address}/donnees")
        (found,) = reading.datasets
        assert [one.url for one in found.resources] == [
            f"{site.address}/jeux/menus.csv", "https://www.jayat.example/jeux/menus.json"]  # fmt: skip
        assert [one.format for one in found.resources] == ["CSV", "JSON"]
    assert (found.identifier, found.title) == ("menus-cantine", "Menus de la cantine")
    assert found.keywords == ("cantine", "menus d'école")
    assert (found.publisher.name, found.publisher.identifier) == ("Commune de Jayat", "21010196800013")
    assert found.spatial[0].bbox == (5.10, 46.33, 5.18, 46.39), "schema.org writes latitudes first"
    assert [(one.start, one.end) for one in found.temporal] == [("2024-09-01", "2025-07-05")]
    assert found.resources[0].size == 12000
    assert "broken-json-ld" in codes(reading, "")


def test_the_pages_that_follow_are_read():
    def two(method, path, query):
        if path == "/donnees":
            return '<html><title>1</title><a href="a.csv">A</a><a rel="next" href="/suite">Suite</a></html>'
        return (
            '<html><title>2</title><a href="b.csv">B</a><a rel="next" href="/donnees">Début</a></html>'
            if path == "/suite"
            else None
        )

    with serving(two) as site:
        reading = read_at(f"{site.address}/donnees")
    assert (list(by_title(reading)), reading.pages) == (["A", "B"], 2)
    assert not reading.complete, "the second page leads back to the first one"


def test_a_file_is_the_same_dataset_when_its_version_changes_in_the_address():
    identities = set()
    for version in "12":
        with serving(
            page(f'<html><title>x</title><a href="https://a.example/d/bancs.csv?v={version}">Bancs</a></html>')
        ) as site:
            identities |= {each.identifier for each in read_at(f"{site.address}/donnees").datasets}
    assert identities == {"https://a.example/d/bancs"}
