"""The stream of activities keeps datasets as they were: the addresses of closed files are taken there too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from . import redaction

if TYPE_CHECKING:
    from ckan.types import Action, Context

_LISTS = (
    "package_activity_list", "user_activity_list", "group_activity_list", "organization_activity_list",
    "recently_changed_packages_activity_list", "dashboard_activity_list",
)  # fmt: skip


def get_actions() -> dict[str, Any]:
    """Return the chained actions of the plugin ``activity``, by name."""
    shown = {name: _chained(_many) for name in _LISTS}
    return {
        **shown,
        "activity_show": _chained(_one),
        "activity_data_show": _chained(_data),
        "activity_diff": _chained(_diff),
    }


def _chained(redact: Any) -> Any:
    @tk.side_effect_free
    @tk.chained_action
    def chained(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
        found = up_func(context, data_dict)
        redact(context, found)
        return found

    return chained


def _many(context: Context, activities: list[dict[str, Any]]) -> None:
    for one in activities:  # each knows other bytes of the same file
        redaction.redact(context, [_package(one.get("data"))])


def _one(context: Context, activity: dict[str, Any]) -> None:
    _many(context, [activity])


def _data(context: Context, data: Any) -> None:
    for one in (_package(data), data):
        redaction.redact(context, [one])


def _diff(context: Context, found: dict[str, Any]) -> None:
    """Refuse a difference between datasets, told line by line, when one of them has such a file."""
    before = str([one.get("data") for one in found["activities"]])
    _many(context, found["activities"])
    if str([one.get("data") for one in found["activities"]]) != before:
        raise tk.NotAuthorized(tk._("This file is not open to the public yet."))


def _package(data: Any) -> Any:
    return data.get("package") if isinstance(data, dict) else None
