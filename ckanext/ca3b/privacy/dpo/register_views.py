"""The pages of the register: read, filter, take away, verify."""

from __future__ import annotations

import base64
import datetime as dt
from http import HTTPStatus
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Response

from . import exports, names, words
from .actions import DEFAULT_LIMIT
from .views import act, dpo, page_number, pager, sign_in_first

_FILTERS = ("event", "resource_id", "actor", "since", "until")


@dpo.route("/rgpd/registre", endpoint="register")
def show_register() -> Any:
    """Show the register, the latest lines first."""
    if refused := sign_in_first("ca3b_dpo.register"):
        return refused
    return _page(_asked())


@dpo.route("/rgpd/registre", endpoint="verify", methods=["POST"])
def verify() -> Any:
    """Check the whole register."""
    given = tk.request.form.get("head", "").strip()
    try:
        verdict = act("ca3b_register_verify", {"heads": [given] if given else []})
    except tk.ValidationError as error:
        return _page({}, errors=error.error_dict, head=given), HTTPStatus.BAD_REQUEST
    return _page({}, verdict=verdict, head=given)


@dpo.route("/rgpd/registre.<any(csv,pdf):form>", endpoint="export")
def export(form: str) -> Any:
    """Give the register as a file."""
    if refused := sign_in_first("ca3b_dpo.register"):
        return refused
    try:
        part = tk.request.args.get("part", "").strip()
        made = act("ca3b_register_export", {**_asked(), "format": form, "part": part})
    except tk.ValidationError as error:
        return _page(_asked(), errors=error.error_dict), HTTPStatus.BAD_REQUEST
    if form == "pdf":
        answer = Response(base64.b64decode(made["content"]), content_type="application/pdf")
    else:
        # The mark tells spreadsheets that it is UTF-8; the verification skips it.
        answer = Response(made["content"].encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    which = f"-partie-{int(part)}-sur-{made['parts']}" if made["parts"] > 1 else ""
    name = f"registre-rgpd-{dt.datetime.now(dt.UTC):%Y-%m-%d}{which}.{form}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _asked() -> dict[str, str]:
    return {name: value for name in _FILTERS if (value := tk.request.args.get(name, "").strip())}


def _page(
    asked: dict[str, str],
    *,
    errors: dict[str, Any] | None = None,
    verdict: dict[str, Any] | None = None,
    head: str = "",
) -> str:
    number = page_number()
    errors = errors or {}
    try:
        paging = {"limit": DEFAULT_LIMIT, "offset": (number - 1) * DEFAULT_LIMIT}
        found = act("ca3b_register_list", {**asked, **paging})
    except tk.ValidationError as error:
        errors = {**errors, **error.error_dict}
        found = act("ca3b_register_list", {"limit": DEFAULT_LIMIT})
    titles = names.Names()
    lines = [
        {
            **one,
            "words": words.event(one["event"]),
            "said": words.line(one["details"]),
            "file": titles[one["resource_id"] or ""],
        }
        for one in found["results"]
    ]
    return tk.render(
        "ca3b/privacy/dpo/register.html",
        {
            "lines": lines,
            "count": found["count"],
            "parts": exports.parts(found["count"]),
            "head": found["head"],
            "asked": asked,
            "events": words.events(),
            "errors": errors,
            "verdict": verdict,
            "head_given": head,
            "pager": pager(found["count"], number, "ca3b_dpo.register", asked),
        },
    )
