"""The thirteen themes have a group each, and datasets are in those of their field « theme »."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.cli.cli import ckan as ckan_command
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.ca3b import vocabularies

from .conftest import patch, shown


@pytest.fixture
def load(cli):
    return lambda: cli.invoke(ckan_command, ["ca3b", "themes", "load"], catch_exceptions=False)


def sysadmin():
    return {"user": factories.Sysadmin()["name"]}


def groups(dataset):
    return {group["name"] for group in shown(dataset)["groups"]}


def test_loading_creates_thirteen_groups_and_again_changes_nothing(load):
    first = load()
    assert first.exit_code == 0
    listed = call_action("group_list", all_fields=True, include_extras=True)
    assert {group["name"] for group in listed} == {theme.slug for theme in vocabularies.themes()}
    call_action("group_patch", context=sysadmin(), id="environnement", description="À nous.")
    second = load()
    assert "0 créés, 13 déjà là" in second.output
    assert call_action("group_show", id="environnement")["description"] == "À nous."


def test_a_clerk_without_right_on_the_groups_files_the_dataset_by_its_theme(load, publish, as_clerk):
    load()
    dataset = publish(theme=["Environnement", "Transports"])
    assert groups(dataset) == {"environnement", "transports"}
    assert call_action("package_search", fq="groups:transports")["count"] == 1

    tk.get_action("package_patch")(dict(as_clerk), {"id": dataset["id"], "theme": ["Santé"]})
    assert groups(dataset) == {"sante"}
    assert call_action("package_search", fq="groups:transports")["count"] == 0
    assert call_action("package_search", fq="groups:sante")["count"] == 1

    tk.get_action("package_patch")(dict(as_clerk), {"id": dataset["id"], "title": "Autre titre"})
    assert groups(dataset) == {"sante"}

    tk.get_action("package_patch")(dict(as_clerk), {"id": dataset["id"], "theme": []})
    assert groups(dataset) == set()


def test_a_full_update_without_groups_keeps_the_theme(load, publish, as_clerk):
    load()
    dataset = publish(theme=["Énergie"])
    data = {key: value for key, value in shown(dataset).items() if key != "groups"}
    tk.get_action("package_update")(dict(as_clerk), data)
    assert groups(dataset) == {"energie"}


def test_a_group_that_is_no_theme_is_left_alone(load, publish):
    load()
    call_action("group_create", context=sysadmin(), name="selection", title="Notre sélection")
    dataset = publish(theme=["Énergie"])
    patch(dataset["id"], groups=[{"name": "selection"}, {"name": "energie"}])
    patch(dataset["id"], theme=["Santé"])
    assert groups(dataset) == {"selection", "sante"}


def test_datasets_published_before_the_groups_are_filed_by_the_load(load, publish):
    load()
    call_action("group_purge", context=sysadmin(), id="energie")
    dataset = publish(theme=["Énergie"])
    assert groups(dataset) == set()
    assert "1 créés, 12 déjà là, 1 jeux de données rangés" in load().output
    assert groups(dataset) == {"energie"}
    assert call_action("package_search", fq="groups:energie")["count"] == 1


def test_each_theme_has_its_icon(portal, app):
    for theme in vocabularies.themes():
        address = tk.h.ca3b_theme_icon(theme.uri)
        assert address == tk.h.ca3b_theme_icon(theme.slug)
        assert app.get(address, status=200).headers["Content-Type"].startswith("image/svg+xml")
    assert tk.h.ca3b_theme_icon("cuisine") == ""
