"""A real browser against the real stack: the portal of the demonstration, on the services of the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ckanapi import RemoteCKAN
from playwright.sync_api import Browser, BrowserContext, Page

from ckanext.ca3b.territory.core import Territory
from stack import demo
from stack.settings import instance

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
CHROMIUM_ARGUMENTS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ARTIFACTS = Path(__file__).parent / "artifacts"


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


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """Load the demonstration into the e2e site, as ``make demo`` does."""
    name = os.environ.get("CA3B_STACK_INSTANCE")
    if not name:
        pytest.fail("The end-to-end tests need the services: run « make test TESTS=tests/e2e ».")
    one = instance(name)
    each = one.sites[0]
    territory = Territory.open(one.epci)
    people = demo.accounts(one, territory.epci)
    demo.load_reference(one, each)
    tokens = demo.tokens(one, each, people)
    found = Portal(os.environ["CA3B_URL_E2E"], {person["name"]: person for person in people}, tokens, territory)
    for dataset in demo.datasets(territory.epci, territory):
        demo.publish(found.api("exploitant"), dataset, tmp_path_factory.mktemp("demo"))
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium when there is one, else the one Playwright installed."""
    arguments = CHROMIUM_ARGUMENTS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return {**browser_type_launch_args, "args": arguments} | ({"executable_path": found} if found else {})


@dataclass
class Watch:
    """What must not happen behind the pages: errors in the console, requests to other machines."""

    errors: list[str]
    outside: list[str]

    def check(self) -> None:
        """Fail when something happened."""
        assert self.errors == []
        assert self.outside == []


@pytest.fixture
def watch(context: BrowserContext, portal: Portal) -> Iterator[Watch]:
    """Watch every page of the test's browser; the test fails at its end if something happened."""
    seen = Watch([], [])
    here = urlsplit(portal.url).netloc

    def on_request(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != here:
            seen.outside.append(request.url)

    def on_console(message: Any) -> None:
        if message.type == "error":
            seen.errors.append(f"{message.text} ({message.location.get('url')})")

    context.on("request", on_request)
    context.on("console", on_console)
    context.on("weberror", lambda error: seen.errors.append(str(error.error)))
    yield seen
    seen.check()


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], portal: Portal) -> dict[str, Any]:
    """A French visitor on a desktop."""
    return {**browser_context_args, "base_url": portal.url, "locale": "fr-FR", "viewport": DESKTOP}


@pytest.fixture
def sign_in(portal: Portal) -> Callable[[Page, str], None]:
    """Sign in through the form, as a person does."""

    def run(page: Page, name: str) -> None:
        page.goto("/user/login")
        page.locator("input[name=login]").fill(name)
        page.locator("input[name=password]").fill(portal.people[name]["password"])
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.wait_for_url(lambda url: "/user/login" not in url)

    return run


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Keep a picture of the whole page as an artefact."""
    ARTIFACTS.mkdir(exist_ok=True)

    def run(page: Page, name: str) -> None:
        page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)

    return run


@pytest.fixture
def visitor(browser: Browser, portal: Portal) -> Iterator[Page]:
    """A citizen with a browser of their own, not signed in."""
    context = browser.new_context(base_url=portal.url, locale="fr-FR", viewport=DESKTOP, accept_downloads=True)
    yield context.new_page()
    context.close()
