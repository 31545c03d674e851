"""What a page must look like, whatever it shows: accessible, no wider than the screen, in French."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .untranslated import COLLECT_STRINGS, untranslated_strings

# RGAA 4.1 follows WCAG 2.1, levels A and AA.
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
SERIOUS = {"serious", "critical"}


def faults(page: Page) -> list[str]:
    """What axe finds serious on the page as it is now, once its styles are there.

    A page looked at before its load event has no colours of its own yet: axe would judge the browser's.
    """
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    found: list[dict[str, Any]] = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return sorted(
        {
            f"{one['id']} ({one['impact']}): {node['html'][:160]}"
            for one in found
            if one["impact"] in SERIOUS
            for node in one["nodes"]
        }
    )


def check(page: Page, width: int | None = None) -> None:
    """Fail unless the page as it is now is accessible, in French, and no wider than ``width`` when it is given."""
    wrong = faults(page)
    assert wrong == [], json.dumps(wrong, indent=1, ensure_ascii=False)
    if width is not None:
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    english = untranslated_strings(page.evaluate(COLLECT_STRINGS))
    assert not english, english
