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
from playwright.sync_api import Browser, BrowserContext, Page

from tests.served import Portal, served

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
CHROMIUM_ARGUMENTS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ARTIFACTS = Path(__file__).parent / "artifacts"


@pytest.fixture(scope="session")
def portal() -> Portal:
    """The portal that is served, with the data of the demonstration."""
    return served()


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
