"""Each answer is recognised for what it is, and by nobody else."""

from __future__ import annotations

import pytest

from ckanext.ca3b.harvest.readers import readers
from ckanext.ca3b.harvest.sources import Answer

from .serving import ANSWERS

KINDS = {"ckan_package_search.json": "ckan", "udata_datasets.json": "datagouv", "ods_catalog_v21.json": "opendatasoft",
         "datafair_datasets.json": "datafair", "csw_capabilities.xml": "csw", "csw_records_1.xml": "csw",
         "csw_dublin_core.xml": "csw", "catalogue_scdl.csv": "scdl", "s3_listing_1.xml": "folder",
         "webdav_multistatus.xml": "folder", "apache_index.html": "folder",
         "page_schema_org.html": "webpage"}  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_the_first_reader_that_recognises_an_answer_is_its_own(name, kind):
    found = Answer(f"https://a.example/{name}", (ANSWERS / name).read_bytes())
    assert next(each.KIND for each in readers() if each.recognises(found)) == kind
