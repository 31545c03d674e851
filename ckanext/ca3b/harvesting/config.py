"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting of the harvest."""

from __future__ import annotations

import logging
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import ckan.plugins.toolkit as tk
from attrs import frozen

from ckanext.ca3b.harvest.sources import Budget

log = logging.getLogger(__name__)

PREFIX = "ckanext.ca3b.harvest."


@frozen
class Night:
    """The hours, from 0 to 24, between which runs begin; ``end`` is the day after when it is before ``start``."""

    start: int
    end: int

    @property
    def hours(self) -> int:
        """How long it lasts, at least one hour."""
        return (self.end - self.start) % 24 or 24


def queue() -> str:
    """Return the name of the queue of runs."""
    return tk.config[PREFIX + "queue"].strip() or "default"


def private() -> bool:
    """Tell whether catalogues of private networks may be read."""
    return bool(tk.config[PREFIX + "private"])


def budget() -> Budget:
    """Return what one reading may cost."""
    return Budget(
        seconds=_whole("seconds"),
        request_seconds=_whole("request_seconds"),
        size=_whole("size"),
        answer_size=_whole("answer_size"),
        pages=_whole("pages"),
        requests=_whole("requests"),
        delay=_part("delay", 0.2),
        private=private(),
    )


def preview_budget() -> Budget:
    """Return what a preview may cost: a few pages, while somebody waits."""
    seconds = _whole("preview_seconds")
    return Budget(
        seconds=seconds,
        request_seconds=min(seconds, _whole("request_seconds")),
        size=min(100_000_000, _whole("size")),
        answer_size=min(50_000_000, _whole("answer_size")),
        pages=3,
        requests=60,
        delay=min(0.1, _part("delay", 0.1)),
        private=private(),
    )


def job_timeout() -> int:
    """Return the seconds that one run may take."""
    return _whole("job_timeout")


def shrink_ratio() -> float:
    """Return the part of the datasets of a source that may vanish at once, from 0 to 1."""
    return min(max(0.0, _part("shrink_ratio", 0.2)), 1.0)


def grace_days() -> int:
    """Return the days before what vanished is archived."""
    return max(0, int(tk.config[PREFIX + "grace_days"]))


def tables_and_maps() -> bool:
    """Tell whether harvested files get tables and maps, unless their source says otherwise."""
    return bool(tk.config[PREFIX + "tables_and_maps"])


def index_beside() -> bool:
    """Tell whether a long run has its datasets indexed by a process beside it."""
    return bool(tk.config[PREFIX + "index_beside"])


def files_delay() -> float:
    """Return the seconds between two files of one site."""
    return _part("files_delay", 1.0)


def night() -> Night:
    """Return the hours of the runs; what cannot be read is from 1 to 5."""
    said = str(tk.config[PREFIX + "night"])
    start, _, end = said.partition("-")
    try:
        return Night(int(start) % 24, int(end) % 24)
    except ValueError:
        log.warning("« %s » is no pair of hours such as 1-5", said)
        return Night(1, 5)


def timezone() -> ZoneInfo:
    """Return the time zone of these hours."""
    name = tk.config[PREFIX + "timezone"].strip()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        log.warning("« %s » is no time zone", name)
        return ZoneInfo("UTC")


def tick() -> int:
    """Return the seconds between two looks at what is due, 0 for none."""
    return max(0, int(tk.config[PREFIX + "tick"]))


def runs_kept() -> int:
    """Return the number of runs whose records are kept."""
    return _whole("runs_kept")


def digest() -> bool:
    """Tell whether an e-mail says what needs somebody."""
    return bool(tk.config[PREFIX + "digest"])


def digest_hour() -> int:
    """Return the hour of the day, in the time zone of the runs, from which it may be sent."""
    return min(max(0, int(tk.config[PREFIX + "digest_hour"])), 23)


def digest_to() -> list[str]:
    """Return the addresses to write to; none: those of the accounts in charge of the portal."""
    return list(tk.config[PREFIX + "digest_to"])


def _whole(name: str) -> int:
    return max(1, int(tk.config[PREFIX + name]))


def _part(name: str, default: float) -> float:
    said = str(tk.config[PREFIX + name]).replace(",", ".")
    try:
        return max(0.0, float(said))
    except ValueError:
        log.warning("« %s » of %s is no number", said, PREFIX + name)
        return default
