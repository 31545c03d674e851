"""The accounts of the demonstration: run in a CKAN process, ``python -m stack.accounts INI < request > answer`` (JSON).

The request holds the accounts and their passwords; the answer one API token for each. Running it again changes nothing.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

TOKEN_NAME = "demonstration"


def _run(action: str, **data: Any) -> Any:
    site_user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"ignore_auth": True, "user": site_user}, data)


def ensure(account: dict[str, Any]) -> str:
    """Create the account where it is missing, give it its place, and return an API token of it."""
    name = account["name"]
    if model.User.get(name) is None:
        _run("user_create", name=name, fullname=account["fullname"], email=account["email"],
             password=account["password"], sysadmin=account.get("sysadmin", False))  # fmt: skip
        if account.get("sysadmin"):
            _run("user_patch", id=name, sysadmin=True)
        for organisation, role in account.get("organisations", {}).items():
            _run("organization_member_create", id=organisation, username=name, role=role)
    for token in _run("api_token_list", user_id=name):
        if token["name"] == TOKEN_NAME:
            _run("api_token_revoke", jti=token["id"])
    return _run("api_token_create", user=name, name=TOKEN_NAME)["token"]


if __name__ == "__main__":
    _app = make_app(CKANConfigLoader(sys.argv[1]).get_config())
    with _app._wsgi_app.test_request_context():  # type: ignore[union-attr]
        json.dump({one["name"]: ensure(one) for one in json.load(sys.stdin)}, sys.stdout)
