"""Each defect we work around is still there; when one of these fails, our workaround may go."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins as p
import ckanext.spatial
from ckanext.spatial.plugin import SpatialMetadata, SpatialQuery

from .conftest import act, show


def test_ckanext_spatial_still_declares_no_setting():
    assert not p.IConfigDeclaration.implemented_by(SpatialQuery)
    assert not p.IConfigDeclaration.implemented_by(SpatialMetadata)


def test_ckanext_spatial_still_needs_tiles():
    scripts = Path(ckanext.spatial.__file__).parent / "assets/js"
    assert "L.TileLayer" in (scripts / "common_map.js").read_text("utf-8")
    assert "commonLeafletMap" in (scripts / "spatial_query.js").read_text("utf-8")


def test_ckan_still_makes_the_creator_an_administrator(with_plugins, clean_db, clean_index):
    act("organization_create", name="club", title="Club", users=[])
    assert [user["capacity"] for user in show("club")["users"]] == ["admin"]
