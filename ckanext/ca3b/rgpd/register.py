"""The register of personal data: a chain of lines where each holds the fingerprint of the one before it.

Pure functions over plain values. A line is ``{seq, at, actor, event, resource_id, package_id, sha256, details,
previous, hash}``: ``seq`` counts from 1 without a hole, ``at`` is a moment with its time zone, ``details`` a JSON
object that never holds a value of a cell, ``previous`` the hash of the line before, ``hash`` the SHA-256 of the
canonical JSON of all the others.

What the chain proves: no line was altered, removed from the middle, added in the middle or put elsewhere. What it
cannot prove alone: that the last lines were not cut off, or that all of it was not written anew. A :class:`Head` kept
elsewhere (an e-mail to the DPO, an exported file) proves that too, for all lines up to it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GENESIS = "0" * 64
"""What the first line holds as the hash of the one before it."""

FIELDS = ("seq", "at", "actor", "event", "resource_id", "package_id", "sha256", "details", "previous")
"""What the hash of a line covers."""

MAX_PROBLEMS = 100
"""How many problems a verification tells, at most: one altered line is enough to know."""

_HEAD = re.compile(r"\s*([0-9]{1,18})\s*:\s*([0-9a-f]{64})\s*")


class RegisterError(ValueError):
    """Something that cannot be a line, or a head that cannot be read; the message is in French."""


@frozen
class Head:
    """The last line of a register at some moment: its number and its hash (0 and :data:`GENESIS` when empty)."""

    seq: int
    hash: str

    def __str__(self) -> str:
        """Write it as people keep it: ``42:9f86…``, the whole hash."""
        return f"{self.seq}:{self.hash}"


EMPTY = Head(0, GENESIS)


@frozen
class Problem:
    """What is wrong at one line; ``code``: ``altered``, ``broken``, ``missing``, ``order``, ``cut``, ``rewritten``."""

    seq: int
    code: str
    message: str


@frozen
class Verdict:
    """What a verification found: how many lines, where the chain ends, what is wrong, which heads it was held to."""

    lines: int
    head: Head
    problems: tuple[Problem, ...]
    heads: tuple[Head, ...] = ()

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.problems


def moment(at: dt.datetime) -> str:
    """Write a moment as the hash sees it: ``2026-11-22T09:00:00.000000Z``.

    :raises RegisterError: it has no time zone.
    """
    if at.tzinfo is None:
        raise RegisterError("Une ligne du registre demande une date avec son fuseau horaire.")
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def storable(value: Any) -> Any:
    """Return ``value`` as it comes back from a JSON column, so that its hash is the same then.

    Tuples become lists, whole floats integers; what no JSON column keeps (NUL, lone surrogates) becomes « � ».

    :raises RegisterError: a value that is not JSON, or a number that is not finite.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if isinstance(value, float):
        if not math.isfinite(value):
            raise RegisterError("Un nombre infini n’a pas de place dans le registre.")
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return {storable(str(key)): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    raise RegisterError(f"« {type(value).__name__} » ne s’écrit pas dans le registre.")


def canonical(line: Mapping[str, Any]) -> bytes:
    """Return what the hash of a line is taken of: its :data:`FIELDS` as JSON, keys sorted, no space, in UTF-8."""
    given = {name: line[name] for name in FIELDS}
    given["at"] = given["at"] if isinstance(given["at"], str) else moment(given["at"])
    return json.dumps(storable(given), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(line: Mapping[str, Any]) -> str:
    """Return the hash of a line: 64 hexadecimal digits."""
    return hashlib.sha256(canonical(line)).hexdigest()


def following(head: Head, line: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``line`` as the one after ``head``: with its ``seq``, ``previous`` and ``hash``.

    :param line: ``at, actor, event, resource_id, package_id, sha256, details``.
    """
    at = line["at"]
    made = {
        "seq": head.seq + 1,
        "at": at,
        "actor": storable(line["actor"]),
        "event": line["event"],
        "resource_id": line.get("resource_id"),
        "package_id": line.get("package_id"),
        "sha256": line.get("sha256"),
        "details": storable(line.get("details") or {}),
        "previous": head.hash,
    }
    return {**made, "hash": digest(made)}


def read_head(text: str) -> Head:
    """Read a head written as ``number:hash``.

    :raises RegisterError: it is not written so.
    """
    found = _HEAD.fullmatch(text.lower())
    if not found:
        raise RegisterError(f"« {text} » n’est pas une empreinte du registre : écrivez « numéro:empreinte ».")
    return Head(int(found[1]), found[2])


def verify(lines: Iterable[Mapping[str, Any]], heads: Iterable[Head] = ()) -> Verdict:
    """Check a whole register, read in the order in which it is kept, one line at a time.

    :param heads: what was kept elsewhere; each proves that nothing up to it was cut off or written anew.
    """
    wanted = {head for head in heads if head != EMPTY}
    problems: list[Problem] = []
    last, count = EMPTY, 0
    left = set(wanted)
    for line in lines:
        count += 1
        problems.extend(_problems(last, line))
        seq = int(line["seq"])
        for head in [one for one in left if one.seq == seq]:
            left.discard(head)
            if head.hash != line["hash"]:
                problems.append(Problem(seq, "rewritten", _REWRITTEN.format(seq=seq)))
        del problems[MAX_PROBLEMS:]
        last = Head(seq, str(line["hash"]))
    lost = sorted(left, key=lambda one: one.seq)
    problems += [Problem(head.seq, "cut", _CUT.format(seq=head.seq, last=last.seq)) for head in lost]
    return Verdict(count, last, tuple(problems[:MAX_PROBLEMS]), tuple(sorted(wanted, key=lambda one: one.seq)))


def _problems(last: Head, line: Mapping[str, Any]) -> Iterator[Problem]:
    seq = int(line["seq"])
    try:
        altered = digest(line) != line["hash"]
    except (RegisterError, KeyError):
        altered = True
    if altered:
        yield Problem(seq, "altered", _ALTERED.format(seq=seq))
    if seq <= last.seq:
        yield Problem(seq, "order", _ORDER.format(seq=seq, last=last.seq))
    elif seq > last.seq + 1:
        yield Problem(seq, "missing", _MISSING.format(seq=seq, last=last.seq))
    if line["previous"] != last.hash:
        yield Problem(seq, "broken", _BROKEN.format(seq=seq))


_ALTERED = "La ligne {seq} a été modifiée : son contenu n’a plus l’empreinte qui y est écrite."
_BROKEN = "La ligne {seq} ne suit pas celle qui la précède : une ligne a été retirée, ajoutée ou réécrite avant elle."
_MISSING = "Il manque des lignes entre la ligne {last} et la ligne {seq}."
_ORDER = "La ligne {seq} vient après la ligne {last} : l’ordre a été changé."
_CUT = "La ligne {seq}, dont l’empreinte a été gardée ailleurs, n’est plus dans le registre, qui finit à {last}."
_REWRITTEN = "La ligne {seq} n’est pas celle dont l’empreinte a été gardée ailleurs : le registre a été réécrit."
