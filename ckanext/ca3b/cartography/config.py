"""Typed accessors over ``config_declaration.yaml``: the only place that names a setting of maps."""

from __future__ import annotations

import tempfile
from pathlib import Path

import ckan.plugins.toolkit as tk

BASE_MAPS = "ckanext.ca3b.maps.base_maps"
GEOCODER = "ckanext.ca3b.maps.geocoder"
STORAGE = "ckanext.ca3b.maps.storage"
CACHE_FOLDER = "ckanext.ca3b.maps.cache_folder"
CACHE_SIZE = "ckanext.ca3b.maps.cache_size"
QUEUE = "ckanext.ca3b.maps.queue"
JOB_TIMEOUT = "ckanext.ca3b.maps.job_timeout"
LIMIT_MEGABYTES = "ckanext.ca3b.maps.limits.megabytes"
LIMIT_FEATURES = "ckanext.ca3b.maps.limits.features"
LIMIT_SECONDS = "ckanext.ca3b.maps.limits.seconds"
REMOTE_MEGABYTES = "ckanext.ca3b.maps.remote.megabytes"
REMOTE_SECONDS = "ckanext.ca3b.maps.remote.seconds"
REMOTE_PRIVATE = "ckanext.ca3b.maps.remote.private"

#: The base maps that clients know how to draw.
KNOWN_BASE_MAPS = ("plan_ign", "plan_ign_vector", "osm", "orthophotos", "none")


def base_maps() -> list[str]:
    """Return the names of the base maps offered, the first one shown first; never empty."""
    return [one for one in tk.config[BASE_MAPS] if one in KNOWN_BASE_MAPS] or ["none"]


def geocoder() -> str:
    """Return the address of the geocoding service, empty when there is none."""
    return tk.config[GEOCODER].strip()


def storage() -> str:
    """Return the name of the storage of derived files."""
    return tk.config[STORAGE].strip()


def cache_folder() -> Path:
    """Return the folder of local copies of derived files."""
    return Path(tk.config[CACHE_FOLDER].strip() or Path(tempfile.gettempdir()) / "ca3b-maps")


def cache_bytes() -> int:
    """Return the bytes that local copies may take."""
    return max(0, int(tk.config[CACHE_SIZE])) << 20


def queue() -> str:
    """Return the name of the queue of jobs."""
    return tk.config[QUEUE].strip() or "default"


def job_timeout() -> int:
    """Return the seconds that one map may take."""
    return int(tk.config[JOB_TIMEOUT])


def limits() -> dict[str, int]:
    """Return the limits that the operator set, by their names in the core: ``bytes``, ``features``, ``seconds``."""
    return {
        "bytes": int(tk.config[LIMIT_MEGABYTES]) << 20,
        "features": int(tk.config[LIMIT_FEATURES]),
        "seconds": int(tk.config[LIMIT_SECONDS]),
    }


def remote_bytes() -> int:
    """Return the bytes that may be copied from a link."""
    return int(tk.config[REMOTE_MEGABYTES]) << 20


def remote_seconds() -> int:
    """Return the seconds that one question to a link may take."""
    return int(tk.config[REMOTE_SECONDS])


def remote_private() -> bool:
    """Tell whether links may lead to addresses that are not of the internet."""
    return tk.config[REMOTE_PRIVATE]
