"""What the forms of a source send, as the actions want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Fields of a source that its forms may send as they are.
_PLAIN = ("title", "address", "kind", "owner_org", "commune", "schedule")
_NUMBERS = ("grace_days", "authority")
_BOXES = ("tables_and_maps", "publish_review")


def source(form: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a source that a form holds, its settings too.

    A number that is not one is left as it was typed: the action says what is wrong with it.
    """
    found: dict[str, Any] = {name: form[name].strip() for name in _PLAIN if name in form}
    return found | {"settings": settings(form)} if "settings" in form else found


def settings(form: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that a form holds; boxes that are not ticked are false."""
    found: dict[str, Any] = {name: name in form for name in _BOXES}
    if visibility := form.get("visibility"):
        found["visibility"] = visibility
    if percent := form.get("shrink_percent", "").strip():
        found["shrink_ratio"] = _ratio(percent)
    for name in _NUMBERS:
        if typed := form.get(name, "").strip():
            found[name] = int(typed) if typed.isdecimal() else typed
    return found


def given(source_: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that a form starts with: those of a source, over the defaults of the portal."""
    chosen = {**defaults, **source_.get("in_force", {})}
    ratio = chosen.get("shrink_ratio")
    percent = round(ratio * 100) if isinstance(ratio, (int, float)) else ratio
    return {**{name: source_.get(name) or "" for name in _PLAIN}, **chosen, "shrink_percent": percent}


def _ratio(percent: str) -> float | str:
    typed = percent.replace(",", ".").replace("%", "").strip()
    try:
        return float(typed) / 100
    except ValueError:
        return percent
