"""The e-mail to the DPO when a clerk asks for advice, sent by a job."""

from __future__ import annotations

from typing import Any

from ckanext.ca3b.privacy.dpo import notify


def advice_asked(sender: str, *, actor: str, ground: str | None, **_: Any) -> None:
    """Have the DPO told that ``actor`` asks for advice on the file ``sender``."""
    notify.later(notify.tell_advice, sender, actor, ground or "")
