"""``python -m ckanext.ca3b.search conf DIRECTORY``: write the configuration folder of CKAN's Solr core."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ckanext.ca3b.search import SchemaShapeError, SynonymsError, write_conf

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when the folder is written, 2 with one line on standard error when it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m ckanext.ca3b.search", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    conf = commands.add_parser("conf", help="write schema.xml, solrconfig.xml and the word lists")
    conf.add_argument("directory", help="the conf folder of the core")
    for name in ("synonyms", "stopwords", "protwords"):
        conf.add_argument(f"--{name}", metavar="FILE", help=f"a {name} file that replaces the packaged one")
    options = parser.parse_args(arguments)
    try:
        for path in write_conf(options.directory, options.synonyms, options.stopwords, options.protwords):
            print(path)
    except (SchemaShapeError, SynonymsError, OSError, UnicodeDecodeError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
