"""The arguments every sub-command that reads a file shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.tables import ReadOptions

if TYPE_CHECKING:
    import argparse


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Declare the file, and what may be said instead of guessed."""
    parser.add_argument("file")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--encoding")
    parser.add_argument("--delimiter")
    parser.add_argument("--sheet")
    parser.add_argument("--header-row", type=int, help="from 0; -1 without header")


def options_of(arguments: argparse.Namespace) -> ReadOptions:
    """Give what the arguments say."""
    return ReadOptions(arguments.encoding, arguments.delimiter, arguments.sheet, arguments.header_row)
