"""What the DPO is told of as it happens: only that an e-mail has to be sent, which a job does."""

from __future__ import annotations

from typing import Any

from ckanext.ca3b.privacy.model import DONE, PASS

from . import notify


def alert_created(sender: str, **_: Any) -> None:
    """Have the DPO told that somebody reported the file ``sender``."""
    notify.later(notify.tell_alert, sender)


def scan_done(_sender: str, scan: dict[str, Any], **_: Any) -> None:
    """Have the DPO told of a file that a scan holds."""
    # A link that answers nothing is its commune's matter, not the DPO's.
    lost = scan["state"] != DONE and not scan["remote"]
    held = scan["state"] == DONE and (scan["decision"] != PASS or scan["not_examined"])
    if (lost or held) and not notify.quiet.get():
        notify.later(notify.tell_held)
