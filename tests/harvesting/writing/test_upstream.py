"""What CKAN lacks for thousands of datasets: when one of these fails, what we do instead is no longer needed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
import sqlalchemy as sa
from ckan import model
from ckanext.activity.logic import validators as activity
from ckanext.activity.model import Activity

from ckanext.ca3b.harvesting import writing

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def dataset(source, work) -> str:
    """A dataset of the source."""
    (outcome,) = writing.apply(source, [work("amont")])
    return outcome.dataset_id


def _deferred(**more):
    return {"user": "agent-viriat", "ignore_auth": True, "defer_commit": True, **more}


def test_package_update_still_undoes_what_the_caller_would_commit(dataset):
    shown = tk.get_action("package_show")({"ignore_auth": True, "use_cache": False}, {"id": dataset})
    changed = {**shown, "title": "Perdu", "notes": "Perdu aussi.", "metadata_modified": None}
    tk.get_action("package_update")(_deferred(), changed)
    model.Session.commit()
    model.Session.remove()
    assert model.Package.get(dataset).title != "Perdu"


def test_package_update_still_leaves_its_savepoint_open(dataset):
    shown = tk.get_action("package_show")({"ignore_auth": True, "use_cache": False}, {"id": dataset})
    changed = {**shown, "notes": "Ouvert.", "metadata_modified": None}
    tk.get_action("package_update")(_deferred(return_id_only=True), changed)
    assert model.Session().get_nested_transaction() is not None
    model.Session.rollback()


def test_activities_are_still_made_of_each_dataset_before_the_commit(work):
    model.Session.execute(sa.delete(Activity))
    model.Session.commit()
    package = {**work("bavard").package, "name": "bavard", "notes": "Un jeu."}
    tk.get_action("package_create")(_deferred(return_id_only=True), package)
    model.Session.flush()
    assert model.Session.query(Activity).count() == 1
    model.Session.rollback()


def test_ckanext_activity_still_has_no_interface_for_kinds_of_activity():
    assert isinstance(activity.object_id_validators, dict)
    assert not hasattr(tk, "register_activity_type")


def test_package_delete_still_commits_and_indexes_by_itself(dataset):
    tk.get_action("package_delete")(_deferred(), {"id": dataset})
    model.Session.rollback()
    model.Session.remove()
    assert model.Package.get(dataset).state == "deleted"
