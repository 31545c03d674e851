"""The two sites of the stack's ``bench`` instance, filled with the same catalogue."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from functools import cache
from importlib.metadata import version
from pathlib import Path

from bench.catalogue import SIZE
from bench.timing import Client

PEER_NAME = f"ckan-{version('ckan')}+scheming-{version('ckanext-scheming')}+dcat-{version('ckanext-dcat')}"


@cache
def filled() -> tuple[Client, Client]:
    """Clients of ours and of the peer, once both are filled; the two loads run at the same time.

    Raises RuntimeError when a site could not be filled, KeyError outside ``make bench``.
    """
    loads = {
        site: subprocess.Popen(
            [sys.executable, "-m", "bench.load", os.environ[f"CA3B_INI_{site.upper()}"], site],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent,
            env={name: value for name, value in os.environ.items() if not name.startswith("CKAN_")},
        )
        for site in ("ours", "stock")
    }  # fmt: skip
    errors = {site: load.communicate()[1] for site, load in loads.items()}
    for site, load in loads.items():
        if load.returncode:
            raise RuntimeError(f"the site « {site} » could not be filled: {errors[site][-2000:]}")
    ours, peer = (Client(os.environ[f"CA3B_URL_{site.upper()}"]) for site in ("ours", "stock"))
    for client in (ours, peer):
        with urllib.request.urlopen(f"{client.url}/api/3/action/package_search?rows=0", timeout=60) as answer:
            if f'"count": {SIZE},'.encode() not in answer.read():
                raise RuntimeError(f"{client.url} does not have its {SIZE} datasets")
    return ours, peer
