"""The register as files: a CSV that can be verified without the portal, a PDF to be read and handed over."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import ckan.plugins.toolkit as tk
import typst

from ckanext.ca3b import formatting
from ckanext.ca3b.rgpd import register as chain

from . import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .ledger import Filter
    from .names import Names

COLUMNS = (*chain.FIELDS, "hash")
PDF_LINES = 3000
"""Lines of one PDF, at most: more are exported in numbered parts, so that memory does not grow with the register."""

_TEMPLATE = Path(__file__).with_name("register.typ")


@attrs.frozen
class Part:
    """Which part of a PDF, from 1, and of how many."""

    number: int = 1
    of: int = 1

    @property
    def offset(self) -> int:
        """The lines of the parts before."""
        return (self.number - 1) * PDF_LINES


def parts(count: int) -> int:
    """Return in how many parts ``count`` lines are exported as PDF."""
    return max(1, -(-count // PDF_LINES))


def write_csv(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give the lines as a CSV (comma, UTF-8), the header first; ``details`` as JSON.

    Every field is written as its hash sees it: :func:`read_csv` gives back lines that can be verified.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines:
        said = {**line, "at": chain.moment(line["at"]), "details": json.dumps(line["details"], ensure_ascii=False)}
        writer.writerow(["" if said[name] is None else said[name] for name in COLUMNS])
        if out.tell() > 1 << 16:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def read_csv(path: Path) -> Iterator[dict[str, Any]]:
    """Give the lines of an exported file as they can be verified.

    :raises ckanext.ca3b.rgpd.register.RegisterError: it is not an export of the register.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise chain.RegisterError(_NOT_AN_EXPORT.format(name=path.name))
        for row in reader:
            try:
                yield {
                    **{name: row[name] or None for name in ("resource_id", "package_id", "sha256")},
                    **{name: row[name] for name in ("at", "actor", "event", "previous", "hash")},
                    "seq": int(row["seq"]),
                    "details": json.loads(row["details"]),
                }
            except (TypeError, ValueError) as error:
                message = _UNREADABLE.format(name=path.name, line=reader.line_num)
                raise chain.RegisterError(message) from error


def write_pdf(
    lines: Iterable[dict[str, Any]], wanted: Filter, head: chain.Head, names: Names, part: Part | None = None
) -> bytes:
    """Return the lines of one part as a tagged, accessible PDF (PDF/UA-1) in A4.

    :param lines: those of the part only, :data:`PDF_LINES` at most; ValueError beyond, so that none is left out.
    """
    rows = list(islice(lines, PDF_LINES + 1))
    if len(rows) > PDF_LINES:
        raise ValueError(f"more than {PDF_LINES} lines in one part")
    data = {
        "texts": _texts(wanted, head, len(rows), part or Part()),
        "rows": [_row(line, names) for line in rows],
    }
    return typst.compile(
        _TEMPLATE.read_bytes(), format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
    )  # fmt: skip


def filters(wanted: Filter) -> dict[str, Any]:
    """Return what a filter asks, by name."""
    return attrs.asdict(wanted)


def _row(line: dict[str, Any], names: Names) -> list[str]:
    said = [f"{label}\u00a0: {text}" for label, text in words.line(line["details"])]
    if line["sha256"]:
        said.append(f"SHA-256\u00a0: {line['sha256']}")
    title = names[line["resource_id"] or ""] or line["resource_id"] or ""
    return [
        str(line["seq"]),
        formatting.date(line["at"], with_seconds=True),
        line["actor"] or tk._("the portal"),
        words.event(line["event"]),
        title,
        "\n".join(said),
        line["hash"][:16],
    ]


def _texts(wanted: Filter, head: chain.Head, count: int, part: Part) -> dict[str, Any]:
    period = tk._("All the register")
    if wanted.since or wanted.until:
        period = tk._("From {since} to {until}").format(
            since=formatting.date(wanted.since) or tk._("the beginning"),
            until=formatting.date(wanted.until) or tk._("today"),
        )
    title = tk._("Register of personal data")
    if part.of > 1:
        title = tk._("{title}, part {number} of {parts}").format(
            title=title, number=formatting.number(part.number), parts=formatting.number(part.of)
        )
    return {
        "title": title,
        "site": str(tk.config["ckan.site_title"]),
        "made": tk._("Made on {date}").format(date=formatting.date(dt.datetime.now(dt.UTC), with_time=True)),
        "period": period,
        "count": tk.ungettext("{number} line", "{number} lines", count).format(number=formatting.number(count)),
        "head": tk._("Fingerprint of the register: {head}").format(head=head),
        "law": tk._(
            "Findings, decisions, treatments and values shown, for the records of processing (GDPR, article 30). "
            "No value of a file is written here. Each line holds the fingerprint of the one before: the CSV export "
            "lets anyone check it."
        ),
        "empty": tk._("No line."),
        "headers": [
            tk._("No."), tk._("When"), tk._("Who"), tk._("What"), tk.ungettext("File", "Files", 1),
            tk._("Details"), tk._("Fingerprint"),
        ],
    }  # fmt: skip


_NOT_AN_EXPORT = "« {name} » n’est pas un export CSV du registre : ses colonnes ne sont pas celles attendues."
_UNREADABLE = "« {name} », ligne {line} : ce n’est pas une ligne du registre."
