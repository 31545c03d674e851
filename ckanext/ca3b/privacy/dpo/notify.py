"""Telling people: jobs that find out themselves what is to be told, so that none is told twice, or lost with a queue.

Each e-mail has its line in the register (``notify``), which is how the next one knows.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import rq
import sqlalchemy as sa
from ckan import model as ckan_model
from ckan.model import meta
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from ckanext.ca3b.privacy import config, register
from ckanext.ca3b.privacy.gate import announcing
from ckanext.ca3b.privacy.model import Decision, Line
from ckanext.ca3b.rgpd.grounds import grounds

from . import mails, people, queue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = logging.getLogger(__name__)

HELD, REMINDER, ALERT, DECIDED, RESCAN, ADVICE = "held", "reminder", "alert", "decided", "rescan", "advice"

# « ca3b_tel » in ASCII: one process at a time finds out what was not told yet.
_LOCK = int.from_bytes(b"ca3b_tel")
#: Set where one e-mail at the end tells of many files: no e-mail is sent for each of them.
quiet: ContextVar[bool] = ContextVar("ca3b_quiet", default=False)

_RETRIES = [60, 600, 3600]


def later(job: Callable[..., Any], *arguments: str) -> None:
    """Have a job of this module run by a worker, again later when no e-mail could be sent."""
    limits: dict[str, Any] = {"retry": rq.Retry(max=len(_RETRIES), interval=_RETRIES)}
    try:
        tk.enqueue_job(job, list(arguments), title=f"RGPD : {job.__name__}", rq_kwargs=limits)
    except RedisError:
        # Nothing is lost: « ckan ca3b rgpd remind » tells what was not told.
        log.exception("An e-mail about personal data could not be put in the queue")


def tell_held() -> int:
    """Tell the DPO of the files that wait and that nobody was told of; return how many there were."""
    with _alone():
        # Those that citizens report were told of by an e-mail of their own.
        waiting = [one for one in queue.waiting() if not one["reported"]]
        told = _told((HELD, RESCAN, REMINDER), waiting)
        files = [one for one in waiting if (one["resource_id"], one["sha256"]) not in told]
        if files:
            subject = f"{files[0]['dataset']['title']} : un fichier attend votre décision"
            _tell_dpo(HELD, files, subject if len(files) == 1 else f"{len(files)} fichiers attendent votre décision")
        return len(files)


def tell_late() -> int:
    """Remind the DPO of the files that wait for too long, again each time as many days went by; return how many."""
    days = config.reminder_days()
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    with _alone():
        late = [one for one in queue.waiting() if one["days"] >= days]
        told = _told((HELD, RESCAN, REMINDER, ALERT), late, since)
        late = [one for one in late if (one["resource_id"], one["sha256"]) not in told]
        if late:
            _tell_dpo(REMINDER, late, f"Rappel : {len(late)} fichier(s) en attente", days=days)
        return len(late)


def tell_rescan(held: list[str], **said: Any) -> None:
    """Tell the DPO what a new examination of the public files gave.

    :param held: ids of the files that it closed, and of the links whose file holds something.
    :param said: ``policy``, ``engine`` and ``examined``, for the text.
    """
    with _alone():
        files = queue.waiting(held) if held else []
        links = sum(one["link"] for one in files)
        subject = f"Nouvel examen des fichiers publics : {len(files) - links} fermé(s)"
        subject += f", {links} lien(s) à regarder" if links else ""
        _tell_dpo(RESCAN, files, subject, **said)


def tell_alert(resource_id: str) -> None:
    """Tell the DPO that somebody reported a file; what they wrote stays on the portal."""
    resource, package = _file(resource_id)
    if resource is None or package is None:
        return
    file = described(resource, package)
    alerts = tk.url_for("ca3b_dpo.alerts", _external=True)
    with contextlib.suppress(mails.NobodyError):
        to = mails.send(mails.dpos(), "Signalement de données personnelles", ALERT, file=file, alerts=alerts)
        _write(ALERT, to, resource_id, package.id, resource.hash or None)


def tell_advice(resource_id: str, actor: str, ground: str) -> None:
    """Tell the DPO who asks for advice about which file, and which lawful ground they think of."""
    resource, package = _file(resource_id)
    if resource is None or package is None:
        return
    user, known = ckan_model.User.get(actor), grounds().get(ground)
    file = described(resource, package)
    said = {"file": file, "who": user.display_name if user else actor, "ground": known.label if known else ""}
    with contextlib.suppress(mails.NobodyError):
        to = mails.send(mails.dpos(), f"Avis demandé : {file['dataset']}", ADVICE, **said)
        _write(ADVICE, to, resource_id, package.id, resource.hash or None)


def described(resource: ckan_model.Resource, package: ckan_model.Package) -> dict[str, Any]:
    """Return what an e-mail to the DPO says of a file: ``name, dataset, organization, url``."""
    organization = ckan_model.Group.get(package.owner_org) if package.owner_org else None
    return {
        "name": resource.name or resource.id,
        "dataset": package.title or package.name,
        "organization": organization.title if organization else "",
        "url": _address(resource.id),
    }


def tell_decided(decision_id: str) -> None:
    """Tell the people of a file what the DPO decided about it."""
    with Session(meta.engine, expire_on_commit=False) as session:
        decision = session.get(Decision, decision_id)
    resource, package = _file(decision.resource_id) if decision else (None, None)
    if decision is None or resource is None or package is None:
        return
    subject, sentence = mails.DECIDED[decision.kind]
    file = {
        "name": resource.name or resource.id,
        "dataset": package.title or package.name,
        "url": tk.url_for(f"{package.type}_resource.read", id=package.name, resource_id=resource.id, _external=True),
    }
    title = f"{subject} : {file['name']}"
    with contextlib.suppress(mails.NobodyError):
        to = mails.send(people.clerks_of(package.id), title, DECIDED, sentence=sentence, file=file)
        _write(DECIDED, to, resource.id, package.id, decision.sha256 or None)


def after_decision(decision: dict[str, Any]) -> None:
    """Tell the portal and the people of a file that something was decided about it."""
    announcing.announce(decision["resource_id"])
    later(tell_decided, decision["id"])


def _tell_dpo(kind: str, files: list[dict[str, Any]], subject: str, **said: Any) -> None:
    """Send one e-mail about some files, and one line of the register for each."""
    listed = [{**one, "url": _address(one["resource_id"])} for one in files]
    try:
        to = mails.send(mails.dpos(), subject, kind, files=listed, **said)
    except mails.NobodyError:
        log.warning("%s files wait and nobody is told: see ckanext.ca3b.rgpd.dpo and smtp.mail_from", len(files))
        return
    for one in files:
        _write(kind, to, one["resource_id"], one["dataset"]["id"], one["sha256"] or None)


def _write(kind: str, to: list[str], resource_id: str, package_id: str, sha256: str | None) -> None:
    with Session(meta.engine) as session, session.begin():
        register.append(
            session,
            "notify",
            actor="",
            resource_id=resource_id,
            package_id=package_id,
            sha256=sha256,
            details={"mail": kind, "to": to},
        )


def _told(
    kinds: tuple[str, ...], files: list[dict[str, Any]], since: dt.datetime | None = None
) -> set[tuple[str, str]]:
    """Return those of ``files`` (id, SHA-256) of which such an e-mail was sent, since a moment when given."""
    query = sa.select(Line.resource_id, Line.sha256).where(
        Line.event == "notify",
        Line.details["mail"].astext.in_(kinds),
        Line.resource_id.in_([one["resource_id"] for one in files]),
    )
    with Session(meta.engine) as session:
        found = session.execute(query.where(Line.at > since) if since else query)
        return {(row.resource_id or "", row.sha256 or "") for row in found}


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the right to find out what is to be told; wait for it."""
    with meta.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:  # pyright: ignore[reportOptionalMemberAccess]
        connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})


def _file(resource_id: str) -> tuple[ckan_model.Resource | None, ckan_model.Package | None]:
    resource = ckan_model.Resource.get(resource_id)
    return resource, ckan_model.Package.get(resource.package_id) if resource else None


def _address(resource_id: str) -> str:
    return tk.url_for("ca3b_dpo.file", resource_id=resource_id, _external=True)
