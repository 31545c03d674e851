"""What a DPO signs about the bytes of a file, and its line of the register: both are written, or none."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from attrs import frozen
from ckan import model as ckan_model
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b.privacy import model, register
from ckanext.ca3b.rgpd import load_policy
from ckanext.ca3b.rgpd.decide import decide_text
from ckanext.ca3b.rgpd.grounds import grounds, uncovered

from . import words

if TYPE_CHECKING:
    from collections.abc import Iterable

JUDGEMENTS = (model.AUTHORISE, model.REFUSE, model.ASK_TREATMENT)
SHORTEST, LONGEST = 10, 2000
# What a reason must not quote: the register is kept for ever. Names stay: an officer may be named as one who agreed.
_NEVER_QUOTED = frozenset({"nir", "iban", "email", "phone", "plate", "ip", "birth_date"})


@frozen
class Signature:
    """What is to be signed: by whom, about which bytes (``sha256``, '' for a link), seen in which scan."""

    resource_id: str
    sha256: str
    kind: str
    reason: str
    user_id: str
    user_name: str
    ground: str | None = None
    scan_id: str | None = None
    policy: str | None = None


def checked_reason(value: Any) -> str:
    """Return the reason of a decision. Raises ValidationError when it is too short, too long, or quotes a value."""
    reason = " ".join(str(value or "").split())
    if len(reason) < SHORTEST:
        raise tk.ValidationError({"reason": [tk._("Give your reason in a sentence: the register keeps it.")]})
    if len(reason) > LONGEST:
        message = tk._("Your reason is too long: {number} characters at most.").format(number=LONGEST)
        raise tk.ValidationError({"reason": [message]})
    quoted = {one.category for one in decide_text("motif", [reason], load_policy())} & _NEVER_QUOTED
    if quoted:
        things = ", ".join(sorted(words.category(one) for one in quoted))
        message = tk._("Your reason quotes a personal data ({things}): the register keeps none. Write it without.")
        raise tk.ValidationError({"reason": [message.format(things=things)]})
    return reason


def checked_ground(code: Any, categories: Iterable[str]) -> str:
    """Return the lawful ground of an authorisation. Raises ValidationError when it does not cover the categories."""
    if not code:
        raise tk.ValidationError({"ground": [tk._("Choose the legal ground of the publication.")]})
    if code not in grounds():
        raise tk.ValidationError({"ground": [tk._("This legal ground is not in the list.")]})
    left = uncovered(str(code), categories)
    if left:
        message = tk._("“{ground}” does not make this publishable: {things}. Choose another ground, or refuse.")
        things = ", ".join(words.category(one) for one in left)
        raise tk.ValidationError({"ground": [message.format(ground=grounds()[str(code)].label, things=things)]})
    return str(code)


def sign(asked: Signature) -> dict[str, Any]:
    """Write a decision and its line of the register; the same one sent twice is written once.

    :raises ckan.logic.ValidationError: the file was replaced since the bytes that the decision names.
    """
    with Session(meta.engine, expire_on_commit=False) as session, session.begin():
        package_id = _present(session, asked)
        last = _last(session, asked)
        if last is not None and _same(last, asked):
            return last.as_dict()
        decision = model.Decision(
            id=str(uuid.uuid4()),
            resource_id=asked.resource_id,
            package_id=package_id,
            sha256=asked.sha256,
            kind=asked.kind,
            ground=asked.ground,
            reason=asked.reason,
            user_id=asked.user_id,
            user_name=asked.user_name,
            scan_id=asked.scan_id,
            policy=asked.policy,
            at=model.now(),
        )
        session.add(decision)
        session.flush()
        register.append(
            session,
            "decision" if asked.kind in JUDGEMENTS else asked.kind,
            actor=asked.user_name,
            resource_id=asked.resource_id,
            package_id=package_id,
            sha256=asked.sha256 or None,
            details={
                "signed": decision.id,
                "kind": asked.kind,
                "ground": asked.ground,
                "reason": asked.reason,
                "policy": asked.policy,
                "scan": asked.scan_id,
            },
        )
        return decision.as_dict()


def _present(session: Session, asked: Signature) -> str:
    """Return the dataset of the file, whose bytes cannot change before the transaction ends."""
    table: Any = sa.inspect(ckan_model.Resource).local_table  # pyright: ignore[reportOptionalMemberAccess]
    query = sa.select(table.c.package_id, table.c.hash, table.c.url_type).where(
        table.c.id == asked.resource_id, table.c.state == ckan_model.State.ACTIVE
    )
    found = session.execute(query.with_for_update(read=True)).first()
    if found is None:
        raise tk.ObjectNotFound(tk._("This file does not exist any more"))
    # The bytes behind a link are not kept here: what was seen of them is what the scan says.
    if found.url_type == "upload" and (found.hash or "") != asked.sha256:
        message = tk._("The file was replaced meanwhile: look at its new bytes before you decide.")
        raise tk.ValidationError({"sha256": [message]})
    return found.package_id


def _last(session: Session, asked: Signature) -> model.Decision | None:
    kinds = JUDGEMENTS if asked.kind in JUDGEMENTS else (model.CLOSE, model.REOPEN)
    return session.scalars(
        sa.select(model.Decision)
        .where(
            model.Decision.resource_id == asked.resource_id,
            model.Decision.sha256 == asked.sha256,
            model.Decision.kind.in_(kinds),
        )
        .order_by(model.Decision.at.desc())
        .limit(1)
    ).first()


def _same(one: model.Decision, asked: Signature) -> bool:
    fields = ("kind", "ground", "reason", "user_id", "scan_id")
    return all(getattr(one, name) == getattr(asked, name) for name in fields)
