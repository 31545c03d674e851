"""The configuration of Solr follows the installed CKAN, and says so loudly when it cannot."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from ckan.lib.search import SUPPORTED_SCHEMA_VERSIONS, check_solr_schema_version
from lxml import etree

from ckanext.ca3b.search import SchemaShapeError, derive_schema, write_conf
from ckanext.ca3b.search.solr_schema import ckan_schema_path

STOCK = ckan_schema_path().read_text("utf-8")


@pytest.fixture(scope="module")
def ours() -> etree._Element:
    return etree.fromstring(derive_schema(STOCK, ["de", "a"]))


def test_ckan_accepts_the_schema_of_the_core(ckan_config):
    assert check_solr_schema_version() is True


def test_the_name_that_ckan_checks_is_kept(ours):
    assert ours.get("name") == etree.fromstring(STOCK.encode()).get("name")
    assert ours.get("name").removeprefix("ckan-") in SUPPORTED_SCHEMA_VERSIONS


def test_every_field_type_and_copy_of_ckan_is_still_there(ours):
    def names(root):
        listed = {(element.tag, element.get("name")) for element in root.iter("field", "dynamicField", "fieldType")}
        return listed | {(copy.get("source"), copy.get("dest")) for copy in root.iter("copyField")}

    assert names(etree.fromstring(STOCK.encode())) <= names(ours)


def test_fields_of_the_area_search_are_there(ours):
    fields = {field.get("name"): field.get("type") for field in ours.iter("field")}
    assert fields["spatial_geom"] == "location_rpt"
    assert {fields[name] for name in ("minx", "maxx", "miny", "maxy")} == {"float"}


@pytest.mark.parametrize("gone", ["text", "text_general"])
def test_a_schema_without_one_of_the_text_types_is_refused(gone):
    changed = STOCK.replace(f'<fieldType name="{gone}"', '<fieldType name="other"')
    with pytest.raises(SchemaShapeError, match=gone):
        derive_schema(changed)


def test_a_schema_with_one_analyser_is_refused():
    changed = re.sub(r'<fieldType name="text" .*?</analyzer>', lambda m: m[0].split("<analyzer")[0], STOCK, flags=re.S)
    with pytest.raises(SchemaShapeError, match="analyser"):
        derive_schema(changed)


@pytest.mark.parametrize("section", ["types", "fields"])
def test_a_schema_without_a_section_is_refused(section):
    changed = STOCK.replace(f"<{section}>", "<others>").replace(f"</{section}>", "</others>")
    with pytest.raises(SchemaShapeError, match=section):
        derive_schema(changed)


def test_a_field_that_ckan_would_add_under_our_names_is_refused():
    changed = STOCK.replace("<fields>", '<fields><field name="text_spell" type="text"/>')
    with pytest.raises(SchemaShapeError, match="text_spell"):
        derive_schema(changed)


def test_another_schema_is_refused():
    with pytest.raises(SchemaShapeError, match="ckan-"):
        derive_schema('<schema name="default-config"><types/><fields/></schema>')


def test_the_folder_has_all_that_the_schema_refers_to(tmp_path):
    written = {path.name for path in write_conf(tmp_path / "conf")}
    schema = (tmp_path / "conf" / "schema.xml").read_text("utf-8")
    assert set(re.findall(r'"([\w.]+\.txt)"', schema)) < written
    assert {"schema.xml", "solrconfig.xml"} < written
    etree.parse(tmp_path / "conf" / "solrconfig.xml")


def command(*arguments) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "ckanext.ca3b.search", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_the_command_writes_the_folder_with_the_operators_synonyms(tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("bugnette, oreillette\n", "utf-8")
    done = command("conf", tmp_path / "conf", "--synonyms", mine)
    assert done.returncode == 0
    assert "bugnette, oreillette" in (tmp_path / "conf" / "synonyms.txt").read_text("utf-8")


def test_a_wrong_synonyms_file_leaves_the_folder_as_it_was(tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("seul\n", "utf-8")
    done = command("conf", tmp_path / "conf", "--synonyms", mine)
    assert done.returncode == 2
    assert "ligne 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "conf").exists()


def test_a_missing_file_is_one_clear_line(tmp_path):
    done = command("conf", tmp_path / "conf", "--synonyms", tmp_path / "none.txt")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
