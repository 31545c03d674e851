"""The e-mail to the operator: one for all sources, at most one a day, only when something new needs somebody."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen
from ckan import model
from ckan.lib import mailer
from ckan.model import system_info

from ckanext.ca3b import database
from ckanext.ca3b.harvesting import config

from .attention import PRESSING
from .words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

log = logging.getLogger(__name__)

#: Where it is remembered what was said last, in CKAN's own table of the site's facts.
MEMORY = "ca3b_harvest_digest"
#: Days after which what still needs somebody is said again.
REMINDER_DAYS = 7
#: Needs of one source in the e-mail: its page says the rest.
_EACH = 4


@frozen
class Digest:
    """An e-mail to be sent: its subject and text, and the needs that it tells, as marks to remember."""

    subject: str
    body: str
    marks: tuple[str, ...]


def send(moment: dt.datetime | None = None) -> int:
    """Send the e-mail of the day when it is due; return the number of people written to.

    It is due once a day, from an hour on, when something presses that the last one did not tell, or a week after it
    when something presses still. Several processes may call at once: one of them sends.
    """
    now = moment or dt.datetime.now(dt.UTC)
    if not config.digest() or now.astimezone(config.timezone()).hour < config.digest_hour():
        return 0
    if _memory().get("looked") == _day(now):
        return 0
    with database.lock("ca3b_harvest_digest") as free:
        memory = _memory()
        if not free or memory.get("looked") == _day(now):
            return 0
        found = compose(_board(), board_address=tk.url_for("ca3b_harvest.board", _external=True))
        marks = list(found.marks) if found else []
        if found is None or not _is_new(found, memory, now):
            # What is over is forgotten: should it come back, it is new again.
            _remember({**memory, "looked": _day(now), "marks": sorted(set(memory.get("marks", [])) & set(marks))})
            return 0
        if reached := _send(found):
            _remember({"looked": _day(now), "sent": _day(now), "marks": marks})
        return reached


def compose(board: Iterable[Mapping[str, Any]], *, board_address: str) -> Digest | None:
    """Return the e-mail about a board (as ``ca3b_harvest_board`` gives it), None when nothing presses."""
    pressing = [
        (source, told)
        for source in board
        if (told := [one for one in source.get("needs") or [] if one["code"] in PRESSING])
    ]
    if not pressing:
        return None
    number = counted(len(pressing), "source de données demande", "sources de données demandent")
    lines = ["Bonjour,", "", f"{number} votre attention\xa0:", ""]
    for source, told in pressing:
        lines.append(f"• {source['title']}")
        lines += [f"    {one['message']}" for one in told[:_EACH]]
        lines.append("")
    lines += [
        f"Le tableau de bord\xa0: {board_address}",
        "",
        "Rien d’autre n’est à faire\xa0: les autres sources suivent.",
    ]
    marks = sorted(f"{source['id']} {one['code']}" for source, told in pressing for one in told)
    return Digest(f"Moissonnage\xa0: {number} votre attention", "\n".join(lines) + "\n", tuple(marks))


def recipients() -> list[tuple[str, str]]:
    """Return the name and the address of each person to write to: those of the setting, else the portal's operators."""
    if given := config.digest_to():
        return [(address, address) for address in given]
    site = tk.config.get("ckan.site_id")
    query = model.Session.query(model.User).filter_by(sysadmin=True, state=model.State.ACTIVE)
    return [(one.display_name, one.email) for one in query.order_by(model.User.name) if one.email and one.name != site]


def _is_new(found: Digest, memory: Mapping[str, Any], now: dt.datetime) -> bool:
    if set(found.marks) - set(memory.get("marks", [])):
        return True
    last = str(memory.get("sent") or "")
    return not last or (now.date() - dt.date.fromisoformat(last)).days >= REMINDER_DAYS


def _send(found: Digest) -> int:
    """Write to each person; a failure costs that one only, and is said in the log."""
    if not tk.config.get("smtp.mail_from"):
        log.warning("No digest is sent: the portal has no address to write from (smtp.mail_from)")
        return 0
    reached = 0
    for name, address in recipients():
        try:
            mailer.mail_recipient(name, address, found.subject, found.body)
        except (mailer.MailerException, OSError):
            log.exception("The digest could not be sent")
        else:
            reached += 1
    return reached


def _board() -> list[dict[str, Any]]:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action("ca3b_harvest_board")({"ignore_auth": True, "user": user}, {})


def _memory() -> dict[str, Any]:
    said = system_info.get_system_info(MEMORY)
    try:
        found = json.loads(said) if said else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _remember(memory: Mapping[str, Any]) -> None:
    system_info.set_system_info(MEMORY, json.dumps(memory))


def _day(now: dt.datetime) -> str:
    return now.astimezone(config.timezone()).date().isoformat()
