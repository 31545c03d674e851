"""Translations: extract the strings of the code, keep the French sources, build the shipped catalogue.

``python tools/i18n.py update``  adds new strings to ``sources/ours.po``, drops the gone ones, then builds
``python tools/i18n.py build``   merges the sources into ``LC_MESSAGES/ckanext-ca3b.po`` and ``.mo``
``python tools/i18n.py check``   says what is missing or stale; exit 1 when something is

CKAN reads one catalogue per plugin, so the sources are kept apart for people (one per origin, see
:data:`SOURCES`) and merged for CKAN. The ``.mo`` is committed: an editable install builds nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "ckanext-ca3b"
PACKAGE = ROOT / "ckanext" / "ca3b"
I18N = PACKAGE / "i18n"
SOURCES_DIR = I18N / "fr" / "sources"
SHIPPED = I18N / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po"

SOURCES = ("extensions", "ckan", "ckan-corrections", "ours")
"""From the weakest to the strongest: on the same msgid, a later source wins.

- ``extensions``: strings of ckanext-scheming, ckanext-dcat and ckanext-spatial, which have no French;
- ``ckan``: what CKAN's own French catalogue lacks;
- ``ckan-corrections``: what it says wrongly, or not in the words of docs/style-fr.md;
- ``ours``: our own strings, extracted from the code.
"""

PLURAL_FORMS = "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;"
"""The rule of CKAN's French catalogue: Flask-Babel applies the last catalogue's rule to all of them."""

METHODS = [
    ("**/node_modules/**", "ignore"),
    ("**/vendor/**", "ignore"),
    ("**.py", "python"),
    ("**.js", "javascript"),
    # Not CKAN's usual "**/templates**/**": it misses what lies directly in templates/ (header, footer).
    ("**/templates/**.html", "ckan"),
    ("**/templates/**.txt", "ckan"),
    ("**/templates/**.xml", "ckan"),
]
_NOISE = (b'"Generated-By:', b'"Last-Translator:', b'"Language-Team:', b'"Report-Msgid-Bugs-To:', b'"POT-', b'"PO-Rev')
_EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def new_catalog(*, locale: str | None = "fr") -> Catalog:
    """Return an empty catalogue with our header; dates are fixed so that a build changes nothing."""
    catalog = Catalog(
        locale=locale,
        domain=DOMAIN,
        project=DOMAIN,
        version="",
        copyright_holder="the ckanext-ca3b contributors",
        creation_date=_EPOCH,
        revision_date=_EPOCH,
        fuzzy=False,
    )
    catalog.header_comment = f"# French translations for {DOMAIN}."
    rule = PLURAL_FORMS.removeprefix("nplurals=3; plural=").rstrip(";")
    catalog._num_plurals, catalog._plural_expr = 3, rule  # read-only otherwise
    return catalog


def extract(directory: Path, prefix: str = "") -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Yield ``(file, msgid, context)`` of every marked string below a directory, in a stable order."""
    found = extract_from_dir(directory, method_map=METHODS, options_map={})
    for file, _line, msgid, _comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        yield prefix + file, msgid, context


def template() -> Catalog:
    """Return the catalogue of our own msgids, with the files they come from."""
    catalog = new_catalog(locale=None)
    for file, msgid, context in extract(PACKAGE, "ckanext/ca3b/"):
        catalog.add(msgid, locations=[(file, 0)], context=context)
    for message in read("extensions"):
        # CKAN takes the strings of its scripts from the .pot files, and these extensions have none.
        if any(file.endswith(".js") for file, _line in message.locations):
            catalog.add(message.id, locations=[(file, 0) for file, _line in message.locations])
    return catalog


def read(source: str) -> Catalog:
    """Read one of :data:`SOURCES`; an absent file is an empty catalogue."""
    path = SOURCES_DIR / f"{source}.po"
    if not path.is_file():
        return new_catalog()
    with path.open("rb") as file:
        return read_po(file, locale="fr", domain=DOMAIN)


def messages(catalog: Catalog) -> list[Message]:
    """Return the messages of a catalogue without its header."""
    return [message for message in catalog if message.id]


def key(message: Message) -> tuple[str, str | None]:
    """Return what identifies a message: its (singular) msgid and context."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def update() -> None:
    """Bring ``ours.po`` in line with the code, keeping the translations that still serve."""
    own = {key(message): message for message in messages(read("ours"))}
    fresh = new_catalog()
    for message in own_messages():
        known = own.get(key(message))
        same_shape = known is not None and isinstance(known.id, str) == isinstance(message.id, str)
        fresh.add(message.id, known.string if known and same_shape else "", context=message.context)
    write(fresh, SOURCES_DIR / "ours.po")
    write(template(), I18N / f"{DOMAIN}.pot")


def own_messages() -> list[Message]:
    """Return the extracted messages of our code that no other source or CKAN itself provides in French."""
    foreign = ckan_french()
    for source in SOURCES[:-1]:
        foreign |= {(*key(message), not isinstance(message.id, str)) for message in messages(read(source))}
    extracted = [
        message
        for message in messages(template())
        if any(file.startswith("ckanext/ca3b/") for file, _line in message.locations)
    ]
    # A plural also answers for its singular (gettext falls back on it), never the reverse.
    return [
        message
        for message in extracted
        if (*key(message), True) not in foreign
        and not (isinstance(message.id, str) and (*key(message), False) in foreign)
    ]


def ckan_french() -> set[tuple[str, str | None, bool]]:
    """Return what the installed CKAN already says in French: msgid, context, whether it has plural forms."""
    import ckan  # noqa: PLC0415 # only this question needs CKAN

    path = Path(ckan.__file__).parent / "i18n" / "fr" / "LC_MESSAGES" / "ckan.po"
    with path.open("rb") as file:
        said = [message for message in messages(read_po(file)) if translated(message)]
    return {(*key(message), not isinstance(message.id, str)) for message in said}


def translated(message: Message) -> bool:
    """Tell whether every form of a message has a text, and nobody marked it as doubtful."""
    return all(forms(message)) and not message.fuzzy


def forms(message: Message) -> tuple[str, ...]:
    """Return the texts of a message: one, or one per plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def merged() -> Catalog:
    """Return the catalogue CKAN will read: all sources, the strongest last, without empty entries."""
    chosen: dict[tuple[str, str | None], tuple[Message, str]] = {}
    for source in SOURCES:
        for message in messages(read(source)):
            if translated(message):
                chosen[key(message)] = (message, source)
    catalog = new_catalog()
    for identity in sorted(chosen, key=lambda item: (item[0], item[1] or "")):
        message, source = chosen[identity]
        catalog.add(message.id, message.string, context=message.context, auto_comments=[source])
    return catalog


def write(catalog: Catalog, path: Path) -> None:
    """Write a ``.po`` or ``.pot`` whose text depends on nothing but the messages."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text(catalog))


def text(catalog: Catalog) -> bytes:
    """Return the ``.po`` text of a catalogue: sorted, without line numbers nor the version of Babel."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_NOISE))


def machine(catalog: Catalog) -> bytes:
    """Return the ``.mo`` bytes of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def build() -> None:
    """Write the shipped ``.po`` and ``.mo``."""
    catalog = merged()
    write(catalog, SHIPPED)
    SHIPPED.with_suffix(".mo").write_bytes(machine(catalog))


def problems() -> list[str]:
    """Return one sentence per string without French and per file that a build would change."""
    found = []
    for source in SOURCES:
        found += [f"{source}.po: not translated: {key(m)[0]!r}" for m in messages(read(source)) if not translated(m)]
    known = {key(message) for message in read("ours")}
    wanted = {key(message) for message in own_messages()}
    found += [f"ours.po: missing: {msgid!r} (run `make i18n`)" for msgid, _context in sorted(wanted - known, key=str)]
    found += [f"ours.po: no longer used: {m!r} (run `make i18n`)" for m, _c in sorted(known - wanted, key=str) if m]
    for path, wanted_text in ((SHIPPED, text(merged())), (I18N / f"{DOMAIN}.pot", text(template()))):
        if not path.is_file() or path.read_bytes() != wanted_text:
            found.append(f"{path.relative_to(ROOT)} is stale (run `make i18n`)")
    if compiled() != {key(message): forms(message) for message in messages(merged())}:
        found.append(f"{SHIPPED.with_suffix('.mo').relative_to(ROOT)} is stale (run `make i18n`)")
    return found


def compiled() -> dict[tuple[str, str | None], tuple[str, ...]]:
    """Return what the shipped ``.mo`` says; nothing when it is absent."""
    path = SHIPPED.with_suffix(".mo")
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        return {key(message): forms(message) for message in messages(read_mo(file))}


def main() -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("command", choices=["update", "build", "check"])
    command = parser.parse_args().command
    if command == "check":
        found = problems()
        sys.stdout.writelines(f"{line}\n" for line in found)
        return 1 if found else 0
    if command == "update":
        update()
    build()
    return 0


if __name__ == "__main__":
    sys.exit(main())
