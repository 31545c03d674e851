"""One question to a site for all who ask it at the same time: what came is kept until the block ends.

Several rooms read the file behind one link, one after another; the small site of a commune is asked for it once.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from contextvars import ContextVar
from pathlib import Path
from typing import IO, TYPE_CHECKING

from attrs import field, frozen

from . import web
from .errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .web import Answer, Limits

#: Failures that another question in the same minute would only meet again. What is too big for one may do for another.
_LASTING = frozenset({"unknown-host", "unreachable", "redirects", "status", "too-long"})


@frozen
class _Kept:
    folder: Path
    #: By address and whether private ones were allowed: the answer and its file, or why there is none.
    found: dict[tuple[str, bool], tuple[Answer, Path] | FetchError] = field(factory=dict)


_KEPT: ContextVar[_Kept | None] = ContextVar("ca3b_kept", default=None)


@contextlib.contextmanager
def once() -> Iterator[None]:
    """Ask each address once only in this block, in this thread; then forget what it gave."""
    with tempfile.TemporaryDirectory(prefix="ca3b-once-") as folder:
        token = _KEPT.set(_Kept(Path(folder)))
        try:
            yield
        finally:
            _KEPT.reset(token)


def fetch(
    url: str, target: IO[bytes], limits: Limits, *, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Answer:
    """Write the file at ``url`` to ``target``: see :func:`.web.fetch`. Within :func:`once`, it may be a copy."""
    kept = _KEPT.get()
    if kept is None or headers or method != "GET":
        return web.fetch(url, target, limits, headers=headers, method=method)
    key = (url, limits.private)
    if key not in kept.found:
        _ask(kept, key, limits)
    found = kept.found.get(key)
    if isinstance(found, FetchError):
        raise FetchError(found.code, str(found))
    if found is None or found[0].size > limits.size:
        raise web.too_big()
    with found[1].open("rb") as file:
        shutil.copyfileobj(file, target)
    target.flush()
    return found[0]


def _ask(kept: _Kept, key: tuple[str, bool], limits: Limits) -> None:
    """Fetch and keep; what is too big for these limits is kept as nothing known."""
    path = kept.folder / str(len(kept.found))
    try:
        with path.open("wb") as file:
            kept.found[key] = web.fetch(key[0], file, limits), path
    except FetchError as error:
        path.unlink(missing_ok=True)
        if error.code not in _LASTING:
            raise
        kept.found[key] = error
