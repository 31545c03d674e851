"""Whether the visitor may have a map: asked of CKAN for each address, each time, as for the file itself."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from attrs import frozen

from . import resources


class RefusedError(Exception):
    """An address that gives nothing; ``status`` is of HTTP, the message a sentence for people."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@frozen
class Allowed:
    """A resource that the visitor may see (see ``resources.show``); ``public`` when anybody may."""

    resource: dict[str, Any]
    public: bool


def allowed(resource_id: str) -> Allowed:
    """Return the resource if the visitor may see it. Raises RefusedError."""
    mine: Any = {"user": tk.current_user.name, "auth_user_obj": tk.current_user}
    try:
        tk.check_access("resource_show", mine, {"id": resource_id})
        resource = resources.show(resource_id)
    except tk.ObjectNotFound as error:
        raise RefusedError(404, tk._("This file does not exist any more")) from error
    except tk.NotAuthorized as error:
        raise RefusedError(403, tk._("This file is not public")) from error
    return Allowed(resource, not mine["user"] or is_public(resource_id))


def is_public(resource_id: str) -> bool:
    """Tell whether somebody without an account may see a resource."""
    anybody: Any = {"user": "", "auth_user_obj": None, "ignore_auth": False}
    try:
        tk.check_access("resource_show", anybody, {"id": resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True
