"""Accents that are already lost in the text of a file, however it is read."""

from __future__ import annotations

import re

from ckanext.ca3b.tables.model import Notice

# What the bytes of UTF-8 give when they are read in Windows-1252 then written again.
_TWICE = re.compile("Ã[\u00a0-\u00bf€ƒˆ‰Š‹Œ‡‚„…†]|â€[™œ“”¦˜\u009d]|Â[\u00a0°«»]|Å“")
_LOST = "\ufffd"


def lost_accents(text: str) -> list[Notice]:
    """Tell the accents encoded twice (« Ã© ») or replaced (�) in ``text``, the beginning of a file."""
    notices = []
    twice = _TWICE.findall(text)
    if len(twice) > 1 or (twice and len(text) < 2_000):
        line, word = _where(text, twice[0])
        notices.append(
            Notice(
                "double-encoded",
                f"Des accents sont déjà abîmés dans le fichier (« {word} », ligne {line}) : il a été enregistré en "
                "UTF-8 après une mauvaise lecture. Exportez-le de nouveau depuis le logiciel d’origine.",
                row=line,
            )
        )
    if _LOST in text:
        line, word = _where(text, _LOST)
        notices.append(
            Notice(
                "lost-characters",
                f"Des caractères sont perdus dans le fichier (« {word} », ligne {line}) : exportez-le de nouveau "
                "depuis le logiciel d’origine.",
                row=line,
            )
        )
    return notices


def _where(text: str, mark: str) -> tuple[int, str]:
    """Give the line and the word of the first ``mark``."""
    at = text.index(mark)
    start = max(text.rfind(char, max(0, at - 30), at) for char in ' ;,\t|"\n')
    word = re.split(r'[;,\t|"\r\n ]', text[start + 1 : at + 30])[0]
    return text.count("\n", 0, at) + 1, word
