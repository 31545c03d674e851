"""The actions of the register: read it, export it, prove that nobody touched it. None of them writes a value."""

from __future__ import annotations

import base64
import datetime as dt
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b import formatting
from ckanext.ca3b.privacy import register
from ckanext.ca3b.rgpd import register as chain

from . import exports, ledger, names
from .actions import paging

if TYPE_CHECKING:
    from ckan.types import Context


@tk.side_effect_free
def ca3b_register_list(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return the lines of the register, the latest first.

    :param event: (optional) a kind of line
    :param resource_id: (optional) id of a file
    :param actor: (optional) name of an account
    :param since: (optional) first day, ``2026-11-22``
    :param until: (optional) last day
    :param limit: (optional) 50 by default, 200 at most
    :param offset: (optional)
    :returns: ``{count, results, head}``, ``head`` the number and the hash of the last line of the whole register
    """
    tk.check_access("ca3b_register_list", context, {})
    limit, offset = paging(data_dict)
    count, results = ledger.page(wanted(data_dict), limit, offset)
    return {"count": count, "results": results, "head": str(ledger.head())}


def ca3b_register_export(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return the register as a file, whose making is a line of the register too.

    :param format: ``csv`` (default) or ``pdf``; the same filters as ``ca3b_register_list``
    :param part: which part of the PDF, from 1, when it has several (3 000 lines each); the CSV is in one piece
    :returns: ``{content, head, parts}``: ``content`` is the text of the CSV, or the PDF in base64
    """
    tk.check_access("ca3b_register_export", context, {})
    form = str(data_dict.get("format") or "csv")
    if form not in {"csv", "pdf"}:
        raise tk.ValidationError({"format": [tk._("Write “csv” or “pdf”.")]})
    asked = wanted(data_dict)
    # A PDF that cannot be made is told before anything is written.
    part = exports.Part()
    if form == "pdf":
        part = _part(data_dict, exports.parts(ledger.count(asked)))
        lines = ledger.lines(asked, offset=part.offset, limit=exports.PDF_LINES)
        made = exports.write_pdf(lines, asked, ledger.head(), names.Names(), part)
        content = base64.b64encode(made).decode()
    else:
        content = "".join(exports.write_csv(ledger.lines(asked)))
    head = str(ledger.head())
    filters = {name: str(value) for name, value in exports.filters(asked).items() if value}
    filters |= {"part": f"{part.number}/{part.of}"} if part.of > 1 else {}
    with Session(meta.engine) as session, session.begin():
        register.append(
            session, "export", actor=str(context.get("user") or ""), details={"format": form, "filters": filters}
        )
    return {"content": content, "head": head, "parts": part.of}


def ca3b_register_verify(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Check that no line of the register was altered, removed or moved, and that the decisions in force are its own.

    :param heads: (optional) what was kept elsewhere, ``["42:9f86…"]``: proves that nothing was cut off up to there
    :returns: ``{sound, lines, head, problems: [{seq, code, message}]}``
    """
    tk.check_access("ca3b_register_verify", context, {})
    given = data_dict.get("heads") or []
    try:
        heads = [chain.read_head(str(one)) for one in ([given] if isinstance(given, str) else given)]
    except chain.RegisterError as error:
        raise tk.ValidationError({"heads": [str(error)]}) from error
    verdict = ledger.verify(heads)
    return {
        "sound": verdict.sound,
        "lines": verdict.lines,
        "head": str(verdict.head),
        "problems": [{"seq": one.seq, "code": one.code, "message": one.message} for one in verdict.problems],
    }


def wanted(data_dict: dict[str, Any]) -> ledger.Filter:
    """Return which lines are asked for. Raises ValidationError."""
    return ledger.Filter(
        event=str(data_dict.get("event") or ""),
        resource_id=str(data_dict.get("resource_id") or ""),
        actor=str(data_dict.get("actor") or ""),
        since=_day(data_dict, "since"),
        until=_day(data_dict, "until"),
    )


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {one.__name__: one for one in (ca3b_register_list, ca3b_register_export, ca3b_register_verify)}


def _part(data_dict: dict[str, Any], of: int) -> exports.Part:
    """Return which part of a PDF is asked for. Raises ValidationError: never a part in the place of all."""
    given = str(data_dict.get("part") or ("1" if of == 1 else "")).strip()
    if not given.isdecimal() or not 1 <= int(given) <= of:
        message = tk.ungettext(
            "The PDF of these lines has {number} part.",
            "The PDF of these lines has {number} parts: take each of them, or the CSV, which is in one piece.",
            of,
        )
        raise tk.ValidationError({"part": [message.format(number=formatting.number(of))]})
    return exports.Part(int(given), of)


def _day(data_dict: dict[str, Any], name: str) -> dt.date | None:
    given = str(data_dict.get(name) or "").strip()
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError as error:
        raise tk.ValidationError({name: [tk._("Write a day as 2026-11-22.")]}) from error
