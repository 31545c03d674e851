"""The plugin ``ca3b_publish``. Nothing but wiring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p

from . import actions, auth, views

if TYPE_CHECKING:
    from flask import Blueprint


class Ca3bPublishPlugin(p.SingletonPlugin):
    """The publishing assistant, from a dropped file to a public dataset: page, API and command."""

    p.implements(p.IActions)
    p.implements(p.IAuthFunctions)
    p.implements(p.IBlueprint)

    def get_actions(self) -> dict[str, Any]:
        return {"ca3b_publish": actions.ca3b_publish}

    def get_auth_functions(self) -> dict[str, Any]:
        return {"ca3b_publish": auth.ca3b_publish}

    def get_blueprint(self) -> list[Blueprint]:
        return [views.assistant]
