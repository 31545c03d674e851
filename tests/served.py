"""The portal that the stack serves to the tests: a real site with the data of the demonstration, seen from outside."""

from __future__ import annotations

import functools
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from ckanapi import RemoteCKAN

from ckanext.ca3b.territory.core import Territory
from stack import demo
from stack.settings import instance


@dataclass(frozen=True)
class Portal:
    """The running portal: its address, people and their API tokens."""

    url: str
    people: dict[str, dict[str, Any]]
    tokens: dict[str, str]
    territory: Territory

    def api(self, name: str | None = None) -> RemoteCKAN:
        """The portal's API as ``name``, or as anybody."""
        return RemoteCKAN(self.url, apikey=self.tokens[name] if name else None)


def settle(portal: Portal, calm: float = 8, patience: float = 240) -> None:
    """Wait until no job waits and the catalogue has not changed for ``calm`` seconds: tables and maps are made."""
    end, since, last = time.monotonic() + patience, time.monotonic(), ""
    while time.monotonic() - since < calm:
        answer = requests.head(f"{portal.url}/catalog.nt?rows=all", timeout=60)
        now = f"{answer.headers['ETag']} {portal.api('exploitant').action.job_list()}"
        if now != last or not now.endswith(" []"):
            since, last = time.monotonic(), now
        if time.monotonic() > end:
            pytest.fail(f"The portal was still at work after {patience:.0f} s: {now}")
        time.sleep(0.5)


@functools.cache
def served() -> Portal:
    """Load the demonstration into the e2e site once for the whole run, as ``make demo`` does."""
    name = os.environ.get("CA3B_STACK_INSTANCE")
    if not name:
        pytest.fail("These tests need the services: run « make test TESTS=tests/e2e ».")
    one = instance(name)
    each = one.sites[0]
    territory = Territory.open(one.epci)
    people = demo.accounts(one, territory.epci)
    demo.load_reference(one, each)
    tokens = demo.tokens(one, each, people)
    found = Portal(os.environ["CA3B_URL_E2E"], {person["name"]: person for person in people}, tokens, territory)
    with tempfile.TemporaryDirectory() as folder:
        for dataset in demo.datasets(territory.epci, territory):
            demo.publish(found.api("exploitant"), dataset, Path(folder))
    return found
