"""Each answer is recognised for what it is, and by nobody else."""

from __future__ import annotations

import pytest

from ckanext.ca3b.harvest.readers import readers
from ckanext.ca3b.harvest.sources import Answer, SourceError

from .serving import ANSWERS, answer, pages, read_at, serving

KINDS = {"ckan_package_search.json": "ckan", "udata_datasets.json": "datagouv", "ods_catalog_v21.json": "opendatasoft",
         "datafair_datasets.json": "datafair", "csw_capabilities.xml": "csw", "csw_records_1.xml": "csw",
         "csw_dublin_core.xml": "csw", "catalogue_scdl.csv": "scdl", "s3_listing_1.xml": "folder",
         "webdav_multistatus.xml": "folder", "apache_index.html": "folder",
         "page_schema_org.html": "webpage"}  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_the_first_reader_that_recognises_an_answer_is_its_own(name, kind):
    found = Answer(f"https://a.example/{name}", (ANSWERS / name).read_bytes())
    assert next(each.KIND for each in readers() if each.recognises(found)) == kind


def test_an_address_that_answers_by_an_error_is_not_given_up_before_its_catalogue_was_asked():
    def portal(method, path, query):
        if path == "/api/3/action/package_search":
            return answer("ckan_package_search.json")
        return 403

    with serving(portal) as site:
        assert read_at(f"{site.address}/").kind == "ckan"
    with serving(pages({"/": 403})) as site, pytest.raises(SourceError) as refused:
        read_at(f"{site.address}/")
    assert refused.value.code == "status"


def test_a_site_with_a_catalogue_is_not_read_as_a_page_of_links():
    home = '<html><title>Portail</title><a href="/logo.csv">Un fichier</a></html>'
    found = {"/": home, "/api/3/action/package_search": answer("ckan_package_search.json")}
    with serving(pages(found)) as site:
        assert read_at(f"{site.address}/").kind == "ckan"
