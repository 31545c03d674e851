"""``treat FILE --output OUT --treatments FILE``: a new file with the treatments done.

The treatments are a YAML or JSON list of ``{column(s), kind, params}``, or ``advised`` for those proposed first. The
key of pseudonyms is read from a file, never given on the command line, where other users could see it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import yaml

from ckanext.ca3b.rgpd.scan import scan
from ckanext.ca3b.tables import TableError

from .engine import apply, table_columns
from .model import RemedyError, Treatment
from .options import advised, options

if TYPE_CHECKING:
    from .model import Result


def main(argv: list[str]) -> int:
    """Write the new file and say what was done; return 0, or 2 with a message when it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.rgpd treat")
    parser.add_argument("file")
    parser.add_argument("--output", required=True, help="the new file: CSV, UTF-8")
    parser.add_argument("--treatments", required=True, help="YAML or JSON file, or « advised »")
    parser.add_argument("--key-file", type=Path, help="the secret of pseudonyms")
    parser.add_argument("--scope", default="", help="what keeps the pseudonyms of two publications apart")
    parser.add_argument("--where", help="the sheet to keep")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    arguments = parser.parse_args(argv)
    try:
        done = _done(arguments)
    except TableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    output = json.dumps(attrs.asdict(done), ensure_ascii=False, indent=1) if arguments.format == "json" else _text(done)
    sys.stdout.write(output + "\n")
    return 0


def _done(arguments: argparse.Namespace) -> Result:
    key = None
    if arguments.key_file is not None:
        try:
            key = arguments.key_file.read_bytes().strip()
        except OSError as error:
            raise RemedyError("key", "Le fichier de la clé ne se lit pas.") from error
    if arguments.treatments == "advised":
        columns = table_columns(arguments.file, where=arguments.where)
        treatments = advised(options(scan(arguments.file), columns))
        if not treatments:
            raise RemedyError("treatment", "Rien n’est à traiter dans ce fichier.")
    else:
        treatments = read_treatments(Path(arguments.treatments))
    return apply(arguments.file, treatments, arguments.output, key=key, scope=arguments.scope, where=arguments.where)


def read_treatments(path: Path) -> list[Treatment]:
    """Read a list of treatments; JSON is YAML too.

    Raises:
        RemedyError: it is not one.

    """
    try:
        said: Any = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise RemedyError("treatment", f"« {path.name} » ne se lit pas comme du YAML ou du JSON.") from error
    if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
        raise RemedyError("treatment", f"« {path.name} » n’est pas une liste de traitements.")
    return [Treatment.of(each) for each in said]


def _text(done: Result) -> str:
    before, after = done.measures_before, done.measures_after
    return "\n".join([
        *done.log,
        f"{done.rows} lignes, {len(done.columns)} colonnes ; information perdue : {done.lost.information:.0%}",
        f"Individualisation : {before.singling_out:.1%} → {after.singling_out:.1%}",
        f"Corrélation : {before.linkability:.1%} → {after.linkability:.1%}",
        f"Inférence : {before.inference:.1%} → {after.inference:.1%}",
    ])  # fmt: skip
