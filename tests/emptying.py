"""A portal as it was before a test."""

from __future__ import annotations

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action


def purge_datasets(user: str = "") -> None:
    """Purge every dataset, in any state, as ``user``, a sysadmin made for it without one."""
    model.Session.rollback()
    user = user or factories.Sysadmin()["name"]
    for (id_,) in model.Session.query(model.Package.id).all():
        call_action("dataset_purge", context={"user": user}, id=id_)
