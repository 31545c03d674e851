"""One file, scanned: the same bytes give the same report."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.matching import load_schemas

from .context import understand
from .decide import decide, decide_text, is_act, read_sentences
from .detectors import DETECTORS
from .headers import is_about, is_trait
from .model import DECISIONS, Finding, Report, worst
from .names import load_names
from .observe import observe
from .policy import load_policy
from .sources import TEXT, Text, open_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from .context import Context
    from .policy import Policy
    from .sources import Content, Part


def scan(path: str | Path, *, name: str | None = None, policy: Policy | None = None) -> Report:
    """Scan the file at ``path``; ``name`` is the name its owner gave it, if another.

    Raises:
        ckanext.ca3b.tables.TableError: the file cannot be read: it must stay closed.

    """
    policy = policy or load_policy()
    name = name or Path(path).name
    with ThreadPoolExecutor(1) as beside:
        # The lists of names are read while the file is verified, the schemas while its rows are examined.
        names = beside.submit(load_names)
        content = open_file(path, name)
        schemas = [beside.submit(load_schemas)] if any(part.headed for part in content.parts) else []
        wait([names])
        return _examined(content, name, policy, schemas)


def _examined(content: Content, name: str, policy: Policy, schemas: Sequence[Future[None]]) -> Report:
    findings: list[Finding] = []
    sentences: list[tuple[Part, Context, set[str]]] = []
    rows = 0
    for part in content.parts:
        numbers = [column for column in part.names if part.headed and is_about(column, "number_of_body")]
        headers = part.names if part.headed else ()
        table = observe(
            part,
            numbers,
            [column for column in headers if is_trait(column) or DETECTORS["health"].named(column)],
            [column for column in headers if is_about(column, "count")],
            dict.fromkeys(
                (column for column in headers if is_about(column, "dominance")), policy.thresholds.get("dominance", 85)
            ),
        )
        rows += table.rows
        title = " ".join(filter(None, (Path(name).stem, part.where)))
        wait(schemas)
        context = understand(part, table, title)
        found = decide(part, context, policy)
        findings += found
        sentences.append((part, context, {each.column for each in found if each.decision != "pass"}))
        # Candidates of an election may be its columns, with their votes under them.
        if part.headed and not context.elected:
            content.texts += [Text(_HEADERS, header, part.where) for header in part.names]
    findings += _loose(content.texts, Path(name).stem, policy)
    read = read_sentences(sentences, policy)
    findings += read.findings
    content.missing += read.missing
    decision = worst([finding.decision for finding in findings])
    if content.missing and decision == "pass":
        decision = "review"
    findings.sort(key=lambda found: (found.where or "", -DECISIONS.index(found.decision)))
    return Report(
        name, decision, tuple(findings), policy.version, rows, tuple(dict.fromkeys(content.missing)), read.notes
    )


def _loose(texts: list[Text], title: str, policy: Policy) -> list[Finding]:
    """Judge texts by what they are and where they stand; those of one document say together what it is."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for each in texts:
        if each.text.strip():
            grouped.setdefault((each.where or "", each.what), []).append(each.text)
    acts = {where: is_act(title, words) for where, words in _documents(grouped).items()}
    return [
        found
        for (where, what), words in sorted(grouped.items())
        for found in decide_text(what, words, policy, where or None, act=acts.get(_document(where), False))
    ]


def _documents(grouped: dict[tuple[str, str], list[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for (where, what), words in grouped.items():
        if what == TEXT:
            found.setdefault(_document(where), []).extend(words)
    return found


def _document(where: str) -> str:
    """Of « annexe.pdf : page 3 », the document."""
    return re.sub(r"(?:^| : )(?:page|diapositive) [0-9]+$", "", where)


_HEADERS = "en-têtes de colonnes"
