"""From what a fragment is made, as one text: when it changes, so must the fragment."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext import ca3b

from . import writing

if TYPE_CHECKING:
    from collections.abc import Iterable

# What the words of the catalogue come from, under the folder of the package.
_SOURCES = ("dcat/profile/**/*.py", "dcat/*.py", "dcat/feeds/*.py", "dcat/quality/**/*.py", "catalogue.py",
            "downloads.py", "vocabularies/*", "schemas/*.yaml", "territory/**/*.py")  # fmt: skip
_SETTINGS = ("ckan.site_", "ckan.root_path", "ckan.locale_default", "ckanext.ca3b.", "ckanext.dcat.", "scheming.")
# Of those, what says nothing in the catalogue.
_OTHERS = ("ckanext.ca3b.catalogue.queue", "ckanext.ca3b.maps.", "ckan.site_intro", "ckan.site_custom_css")


def of(*parts: Any) -> str:
    """Return one short text for some values: the same for the same ones, another for others."""
    texts = (one if isinstance(one, str) else json.dumps(one, default=str, sort_keys=True) for one in parts)
    found = "".join(f"{len(one)}:{one}" for one in texts)
    return hashlib.sha256(found.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def portal() -> str:
    """Return the stamp of what every fragment depends on: our own program and the settings of the portal."""
    given = {
        name: str(value)
        for name, value in tk.config.items()
        if name.startswith(_SETTINGS) and not name.startswith(_OTHERS)
    }
    return of(_program(), given)


@cache
def _program() -> str:
    folder = Path(next(iter(ca3b.__path__)))
    found = hashlib.sha256(writing.VERSION.encode())
    for path in _files(folder):
        found.update(path.read_bytes())
    found.update(version("ckanext-dcat").encode())
    return found.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return sorted({path for pattern in _SOURCES for path in folder.glob(pattern) if path.is_file()})
