"""The filter of the activity stream speaks French."""

from __future__ import annotations

import ckanext.activity.logic.validators as activity
import pytest

from ckanext.ca3b import activity_types


@pytest.mark.usefixtures("with_plugins")
def test_every_kind_of_activity_has_a_name(app):
    known = [
        kind
        for name, kinds in vars(activity).items()
        if name.startswith("VALIDATORS_") and name.endswith("_ACTIVITY_TYPES")
        for kind in kinds
    ]
    assert len(known) > 15
    with app.flask_app.test_request_context("/"):
        assert [kind for kind in known if activity_types.label(kind) == kind] == []
        assert activity_types.label("new package") == "Jeu de données créé"
        assert activity_types.label("something else") == "something else"
