"""What the loading of the territory matches organisations on is not for a commune to change."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action

from .conftest import load_territory, show


@pytest.fixture
def as_admin(nevers):
    """An administrator of the commune, without rights on the portal."""
    user = factories.User()
    sysadmin = {"user": factories.Sysadmin()["name"]}
    call_action("organization_member_create", context=sysadmin, id="nevers", username=user["name"], role="admin")
    return {"user": user["name"], "ignore_auth": False}


@pytest.mark.usefixtures("with_plugins")
class TestKeys:
    @pytest.mark.parametrize(
        ("field", "value"), [("insee_code", "58001"), ("siren", "732829320"), ("kind", "association")]
    )
    def test_a_commune_cannot_change_its_codes(self, as_admin, field, value):
        with pytest.raises(tk.ValidationError) as problem:
            call_action("organization_patch", context=dict(as_admin), id="nevers", **{field: value})
        assert field in problem.value.error_dict

    def test_a_form_without_the_codes_keeps_them(self, as_admin):
        before = show("nevers")
        call_action("organization_update", context=dict(as_admin), id="nevers", name="nevers", title="Ville de Nevers")
        after = show("nevers")
        assert [after[key] for key in ("kind", "insee_code", "siren")] == [
            before[key] for key in ("kind", "insee_code", "siren")
        ]
        assert load_territory()["created"] == []
