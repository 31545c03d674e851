"""One entry of the catalogue cannot be asked for both as a singular and as a plural."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

import ckanext.ca3b
from tools import i18n

PACKAGE = Path(ckanext.ca3b.__file__).parent
SINGULAR = re.compile(r"""(?<![a-z])_\(\s*(["'])(.*?)\1\s*\)""")


def test_no_message_with_a_plural_is_asked_for_without_its_number():
    # The gettext of recent Pythons finds such a message, that of Debian 12 (3.11.2) does not.
    with i18n.SHIPPED.open("rb") as file:
        plurals = {message.id[0] for message in i18n.messages(read_po(file)) if isinstance(message.id, tuple)}
    assert "Theme" in plurals
    asked = {
        (str(path.relative_to(PACKAGE)), found[2])
        for pattern in ("**/*.py", "**/*.html")
        for path in PACKAGE.glob(pattern)
        for found in SINGULAR.finditer(path.read_text("utf-8"))
    }
    assert asked
    assert {(path, message) for path, message in asked if message in plurals} == set()
