"""The configuration folder of CKAN's Solr core: French schema, handlers, synonyms, stop words."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ckanext.ca3b.search.solr_schema import ckan_schema_path, derive_schema
from ckanext.ca3b.search.synonyms import compile_synonyms

_DATA = files("ckanext.ca3b.search") / "solr"


def read_words(text: str) -> list[str]:
    """Return the words of a one-word-per-line file, without comments and empty lines."""
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def packaged(name: str) -> str:
    """Return the text of a file that comes with the package (``synonyms_fr.txt``, ``stopwords.txt``…)."""
    return (_DATA / name).read_text(encoding="utf-8")


def write_conf(
    directory: str | Path,
    synonyms: str | Path | None = None,
    stopwords: str | Path | None = None,
    protwords: str | Path | None = None,
) -> list[Path]:
    """Write the whole ``conf`` folder of a Solr core and return the files written.

    ``synonyms``, ``stopwords`` and ``protwords`` name files of the operator's that replace the packaged ones.
    Everything is read and compiled before the first file is written: an error leaves the folder as it was.

    Raises:
        SchemaShapeError: CKAN's schema is missing or not of the expected shape.
        SynonymsError: a line of the synonyms file cannot be understood.
        OSError: a file cannot be read or written.

    """
    stop_text, protected_text, synonyms_text = (
        Path(given).read_text(encoding="utf-8") if given else packaged(name)
        for given, name in ((stopwords, "stopwords.txt"), (protwords, "protwords.txt"), (synonyms, "synonyms_fr.txt"))
    )
    stop = read_words(stop_text)
    contents: dict[str, str | bytes] = {
        "schema.xml": derive_schema(ckan_schema_path().read_bytes(), stop),
        "solrconfig.xml": packaged("solrconfig.xml"),
        "synonyms.txt": compile_synonyms(synonyms_text, stop, read_words(protected_text)),
        "stopwords.txt": stop_text,
        "protwords.txt": protected_text,
    }
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, content in contents.items():
        path = folder / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        written.append(path)
    return written
