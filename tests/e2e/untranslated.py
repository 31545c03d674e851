"""Find English left on a French page.

``untranslated_strings(page.evaluate(COLLECT_STRINGS))`` is empty on a page wholly in French. What people
wrote (titles, names, values) is not judged: a page marks it with ``translate="no"``, ``<code>`` or ``lang``
when it may be in another language, and plain French never looks like what is searched here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import ckan
from babel.messages.pofile import read_po

from tools import i18n

COLLECT_STRINGS = r"""
() => {
  const skipped = 'script, style, noscript, template, code, pre, kbd, samp, textarea, svg, [translate="no"], '
    + '[lang]:not([lang|="fr"])';
  const visible = (element) => element.checkVisibility
    ? element.checkVisibility({ visibilityProperty: true }) : element.getClientRects().length > 0;
  const found = new Set([document.title]);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent || parent.closest(skipped)) continue;
    if (visible(parent) || parent.closest('option')) found.add(walker.currentNode.nodeValue);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription']) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (!element.closest(skipped)) found.add(element.getAttribute(name));
    }
  }
  for (const button of document.querySelectorAll('input[type=submit], input[type=button], input[type=reset]')) {
    found.add(button.value);
  }
  return [...found].map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean);
}
"""
"""Playwright: ``page.evaluate(COLLECT_STRINGS)`` returns the texts and attributes that people see or hear."""

HOMOGRAPHS = {"Active", "Large", "Medium", "Notification", "Social", "Standard", "Table"}
"""English messages that are French words too."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words(
    "the and of with this that these those you your from have has been will which there please what when where "
    "are was were not can cannot must should does their its it is by at an no than then into"
)
"""Two of them in one text make it English; each alone may be a name or a French word."""

INTERFACE_WORDS = _words(
    "add apply all back browse cancel clear click close collapse copy create created delete download drag draw "
    "edit email enter error expand failed field fields file files filter filters find follow followers fullscreen "
    "group groups help hide home language last layer layers less license loading log login logout manage map "
    "member members metadata missing more name new next no none of open or organization organizations password "
    "previous private read remove required reset resource resources results rows save search select settings show "
    "sign sort submit tags the to unknown untitled update updated upload user username users value view views "
    "warning website welcome yes zoom in out by item items main menu data catalogue whole active deleted changed "
    "package packages page pages"
)
"""A text made of nothing else is a button, a heading or a label in English."""

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[^{}]*\}")
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[^\W\d_]+")
_TECHNICAL = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\S*[_/\\=]\S*|\S+\.[a-z]{2,5}\b")
_MEASURES = re.compile(
    r"\d\s?(?:kB|MB|GB|TB|[KMGT]iB|bytes?)\b"
    r"|\b\d+ (?:second|minute|hour|day|week|month|year)s? ago\b"
    r"|\b(?:January|February|March|April|June|July|August|September|October|November|December),? \d"
    r"|\b\d{1,2} (?:January|February|March|April|June|July|August|September|October|November|December)\b"
)


def untranslated_strings(page_text: list[str]) -> list[str]:
    """Return the strings of a page that are English, in the order of the page."""
    return [text for text in page_text if is_english(text)]


def is_english(text: str) -> bool:
    """Tell whether a text is a message of CKAN, of an extension or of ours in English, or reads like English."""
    said = _normal(text)
    exact, patterns = english_messages()
    # The title of a page is made of parts.
    if said in exact or _MEASURES.search(said) or exact.intersection(re.split(r" [–|·] ", said)):
        return True
    if said not in french_texts() and any(pattern.fullmatch(said) for pattern in patterns) and not _spoken(said):
        return True
    words = [word.lower() for word in _WORD.findall(_TECHNICAL.sub(" ", said))]
    if not words:
        return False
    return (
        len(FUNCTION_WORDS.intersection(words)) >= 2
        or "dataset" in words
        or "datasets" in words
        # A short word alone ("no", "out") may be a value.
        or (
            INTERFACE_WORDS.issuperset(words)
            and max(map(len, words)) > 3
            and said not in french_texts()
            and not _spoken(said)
        )
    )


@cache
def english_messages() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the msgids whose French differs: the plain ones, and patterns for those with placeholders."""
    exact, patterns = set(), []
    for msgid, french in _pairs():
        if _normal(french) == _normal(msgid):
            continue
        for part in (_normal(found) for found in _TAG.split(msgid)):
            letters = "".join(_WORD.findall(_PLACEHOLDER.sub(" ", part)))
            if part in HOMOGRAPHS or part in french_texts() or part.isupper() or len(letters) < 3:
                continue
            if not _PLACEHOLDER.search(part):
                exact.add(part)
            elif any(len(word) > 2 for word in _WORD.findall(_PLACEHOLDER.sub(" ", part))):
                patterns.append(re.compile(".+?".join(re.escape(piece) for piece in _PLACEHOLDER.split(part))))
    return frozenset(exact), tuple(patterns)


@cache
def french_texts() -> frozenset[str]:
    """Return what the portal says in French, to spare the messages that are spelt alike in both languages."""
    return frozenset(_normal(part) for _, french in _pairs() for part in _TAG.split(french))


@cache
def _french_patterns() -> tuple[re.Pattern[str], ...]:
    with_values = (text for text in french_texts() if _PLACEHOLDER.search(text) and _PLACEHOLDER.sub("", text).strip())
    return tuple(re.compile(".+?".join(re.escape(part) for part in _PLACEHOLDER.split(text))) for text in with_values)


def _spoken(said: str) -> bool:
    """Tell whether the portal says this in French, once the values are in place."""
    return any(pattern.fullmatch(said) for pattern in _french_patterns() if _WORD.search(pattern.pattern))


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """Return (msgid, French) of CKAN's catalogue and of the one we ship, one pair per plural form."""
    core = Path(ckan.__file__).parent / "i18n" / "fr" / "LC_MESSAGES" / "ckan.po"
    said: dict[str, str] = {}
    for path in (core, i18n.SHIPPED):
        with path.open("rb") as file:
            for message in i18n.messages(read_po(file)):
                if i18n.translated(message):
                    originals = (message.id,) if isinstance(message.id, str) else message.id
                    forms = i18n.forms(message)
                    said |= {original: forms[min(i, len(forms) - 1)] for i, original in enumerate(originals)}
    return tuple(said.items())


def _normal(text: str) -> str:
    """Return a text on one line, without the punctuation that a page may add around a message."""
    return re.sub(r"\s+", " ", text).strip().rstrip(":").strip()
