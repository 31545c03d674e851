"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting of the plugin."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins.toolkit as tk

DPO = "ckanext.ca3b.rgpd.dpo"
CONTACT = "ckanext.ca3b.rgpd.contact"
INLINE_SIZE = "ckanext.ca3b.rgpd.inline_size"
JOB_TIMEOUT = "ckanext.ca3b.rgpd.job_timeout"
POLICY = "ckanext.ca3b.rgpd.policy"
ORIGINAL_DAYS = "ckanext.ca3b.rgpd.original_days"
ORIGINALS = "ckanext.ca3b.rgpd.originals"
REMINDER_DAYS = "ckanext.ca3b.rgpd.reminder_days"
PSEUDONYM_KEY = "ckanext.ca3b.rgpd.pseudonym_key"
REMOTE_MAX_SIZE = "ckanext.ca3b.rgpd.remote_max_size"
REMOTE_TIMEOUT = "ckanext.ca3b.rgpd.remote_timeout"
REMOTE_ALLOW_PRIVATE = "ckanext.ca3b.rgpd.remote_allow_private"
REPORTS_PER_HOUR = "ckanext.ca3b.rgpd.reports_per_hour"


def dpo() -> list[str]:
    """Return the names of the accounts that decide as data protection officers."""
    return str(tk.config[DPO]).split()


def contact() -> str:
    """Return the mailbox of the data protection officer that visitors are given, empty when there is none."""
    return str(tk.config[CONTACT]).strip()


def inline_size() -> int:
    """Return the size in bytes up to which a file is scanned before the page comes back."""
    return int(tk.config[INLINE_SIZE])


def job_timeout() -> int:
    """Return the seconds that one scan may take."""
    return int(tk.config[JOB_TIMEOUT])


def policy() -> Path | None:
    """Return the DPO's own policy, None for the packaged one."""
    given = str(tk.config[POLICY]).strip()
    return Path(given) if given else None


def original_days() -> int:
    """Return the days for which the original of a treated file is kept."""
    return int(tk.config[ORIGINAL_DAYS])


def originals() -> Path:
    """Return the private folder of the originals, outside of anything that is served."""
    given = str(tk.config[ORIGINALS]).strip()
    return Path(given) if given else Path(str(tk.config["ckan.storage_path"])) / "rgpd-originals"


def reminder_days() -> int:
    """Return the days after which the DPO is reminded of a file that waits."""
    return int(tk.config[REMINDER_DAYS])


def pseudonym_key() -> str:
    """Return the secret that pseudonyms are made with, empty when none was written."""
    return str(tk.config[PSEUDONYM_KEY]).strip()


def remote_max_size() -> int:
    """Return the size in bytes up to which the file behind a link is fetched."""
    return int(tk.config[REMOTE_MAX_SIZE])


def remote_timeout() -> int:
    """Return the seconds that fetching the file behind a link may take."""
    return int(tk.config[REMOTE_TIMEOUT])


def remote_allow_private() -> bool:
    """Tell whether links to addresses of the internal network are fetched too."""
    return bool(tk.config[REMOTE_ALLOW_PRIVATE])


def reports_per_hour() -> int:
    """Return how many reports of personal data one address may send in an hour."""
    return int(tk.config[REPORTS_PER_HOUR])
