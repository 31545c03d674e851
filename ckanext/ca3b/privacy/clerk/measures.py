"""The three risks of WP216 as questions that a clerk understands, before and after, with a word for each value."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import formatting


def compare(preview: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the three risks: ``{name, question, before, after}``, each value ``{value, words, percent}``."""
    questions = (
        ("singling_out", tk._("Could one person be told apart from all the others?")),
        ("linkability", tk._("Could these rows be matched with another file about the same people?")),
        ("inference", tk._("Could something private be guessed about somebody?")),
    )
    before, after = preview["measures_before"], preview["measures_after"]
    return [
        {"name": name, "question": question, "before": _said(before[name]), "after": _said(after[name])}
        for name, question in questions
    ]


def _said(value: float) -> dict[str, Any]:
    percent = round(value * 100)
    # What is not nothing must not be shown as nothing.
    shown = 1 if value > 0 and not percent else percent
    return {"value": value, "words": _words(value), "percent": formatting.number(shown)}


def _words(value: float) -> str:
    steps = ((0.0, tk._("nobody")), (0.05, tk._("almost nobody")), (0.33, tk._("some people")))
    for most, said in steps:
        if value <= most:
            return said
    return tk._("many people") if value < 0.9 else tk._("almost everybody")
