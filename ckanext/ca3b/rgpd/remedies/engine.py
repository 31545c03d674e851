"""Treatments applied to a file: planned, then read batch by batch, shown or written."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

import polars as pl
from attrs import frozen

from ckanext.ca3b.rgpd.sources import open_file
from ckanext.ca3b.tables.writing import neutralised
from ckanext.ca3b.tables.writing.delimited import lines

from .flow import ROW, Flow, Settings
from .kinds import KINDS
from .loss import Losing
from .measures import Measuring, known_and_targets, present
from .model import Preview, RemedyError, Result
from .plan import one_part, ordered
from .shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ckanext.ca3b.rgpd.sources import Content, Part

    from .model import Treatment

_SHAPE = r"^[A-Z]+ \(…\)$"


def table_columns(path: str | Path, *, name: str | None = None, where: str | None = None) -> tuple[str, ...]:
    """Give the columns of the table that would be treated, named as findings name them.

    Raises:
        ckanext.ca3b.tables.TableError: as `apply`.

    """
    return one_part(open_file(path, name or Path(path).name), where).names


def preview(  # noqa: PLR0913 - each is a choice of the caller
    path: str | Path,
    treatments: Sequence[Treatment],
    *,
    name: str | None = None,
    key: bytes | str | None = None,
    scope: str = "",
    where: str | None = None,
    year: int | None = None,
    rows: int = 20,
) -> Preview:
    """Give what `apply` would write, without writing: the whole file is measured, ``rows`` rows are shown.

    Arguments and errors are those of `apply`.
    """
    plan = _plan(path, treatments, name, _settings(key, scope, year), where)
    shown = Shown(plan.flow.names, plan.treated.names, rows)
    result = _through(plan, None, shown)
    numbers, before, after = shown.result()
    return Preview(
        columns=plan.flow.names,
        columns_after=plan.treated.names,
        numbers=numbers,
        before=before,
        after=after,
        aligned=plan.treated.aligned,
        rows=result.rows,
        lost=result.lost,
        measures_before=result.measures_before,
        measures_after=result.measures_after,
        log=result.log,
    )


def apply(  # noqa: PLR0913 - each is a choice of the caller
    path: str | Path,
    treatments: Sequence[Treatment],
    target: str | Path,
    *,
    name: str | None = None,
    key: bytes | str | None = None,
    scope: str = "",
    where: str | None = None,
    year: int | None = None,
) -> Result:
    """Write the file treated at ``target``: CSV in UTF-8, commas, formulas neutralised, other columns as they are.

    ``name`` is the name its owner gave the file. ``key`` is the secret of pseudonyms (16 bytes at least), ``scope``
    (the dataset, say) keeps pseudonyms of two publications from being linked. ``where`` names the sheet or the list
    to keep when there are several; the others are left out. ``year`` is the present one, for ages and two-digit years.
    Treatments are done in a set order, cells first, whatever their order here; the same one asked twice is done once.
    ``target`` is replaced only once all is written.

    Raises:
        RemedyError: a treatment cannot be done as asked.
        ckanext.ca3b.tables.TableError: the file cannot be read, or has several tables.

    """
    target = Path(target)
    if target.exists() and target.samefile(path):
        raise RemedyError("same-file", "Le fichier traité ne peut pas remplacer celui qui est lu : nommez-en un autre.")
    plan = _plan(path, treatments, name, _settings(key, scope, year), where)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise RemedyError("unwritable", f"« {target.name} » ne peut pas être écrit ici.") from error
    try:
        with os.fdopen(handle, "wb") as out:
            result = _through(plan, out, None)
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return result


def _settings(key: bytes | str | None, scope: str, year: int | None) -> Settings:
    secret = key.encode() if isinstance(key, str) else key
    return Settings(secret, scope, year or dt.datetime.now(tz=dt.UTC).year)


@frozen
class _Plan:
    """The table of the file and what becomes of it. ``content`` holds the temporary copies it is read from."""

    content: Content
    part: Part
    flow: Flow
    treated: Flow
    treatments: tuple[Treatment, ...]


def _plan(
    path: str | Path, treatments: Sequence[Treatment], name: str | None, settings: Settings, where: str | None
) -> _Plan:
    """Open the file and chain the treatments; those that need groups read it here."""
    settled = ordered(treatments)
    content = open_file(path, name or Path(path).name)
    part = one_part(content, where)
    flow = Flow(part.names, lambda: _numbered(part), {column: column for column in part.names})
    treated = flow
    for each in settled:
        treated = KINDS[each.kind].run(treated, each, settings)
    return _Plan(content, part, flow, treated, settled)


def _numbered(part: Part) -> Iterator[pl.DataFrame]:
    start = 1
    for batch in part.batches():
        yield batch.with_row_index(ROW, offset=start)
        start += batch.height


def _through(plan: _Plan, out: IO[bytes] | None, shown: Shown | None) -> Result:
    """Read the file and its treated form once, together: measure, and write or show."""
    flow, treated = plan.flow, plan.treated
    touched = [column for each in plan.treatments for column in each.columns if column in flow.now]
    changed = list(dict.fromkeys([*touched, *(name for name in flow.names if treated.now[name] != name)]))
    known, targets = known_and_targets(flow.names, touched)
    first = Measuring(known, targets)
    last = Measuring(present(known, treated.now), present(targets, treated.now), treated.weight)
    losing = Losing(changed, treated.now)
    if out is not None and (plan.part.headed or not treated.aligned):
        header = pl.DataFrame([[neutralised(name) for name in treated.names]], orient="row")
        out.write(lines(header, ","))
    count = 0
    shown = shown or Shown(flow.names, treated.names, 0)

    def leave(after: pl.DataFrame) -> int:
        if plan.part.form == "json":
            _refuse_shapes(after, treated.names)
        last.add(after)
        losing.after(after, treated.weight)
        if out is not None and after.height:
            out.write(lines(after.select(neutralised(pl.col(name)).alias(name) for name in treated.names), ","))
        return after.height

    befores = flow.frames()
    afters = treated.frames()
    for before in befores:
        first.add(before)
        losing.before(before)
        if treated.aligned:
            after = next(afters)
            losing.compare(before, after)
            count += leave(after)
            shown.pair(before, after)
        else:
            shown.lone(before, None)
    for after in () if treated.aligned else afters:
        count += leave(after)
        shown.lone(None, after)
    return Result(
        rows=count,
        columns=treated.names,
        lost=losing.result(flow.names),
        measures_before=first.result(),
        measures_after=last.result(treated.people),
        log=treated.log,
    )


def _refuse_shapes(frame: pl.DataFrame, names: Sequence[str]) -> None:
    for name in names:
        if frame[name].str.contains(_SHAPE).any():
            raise RemedyError(
                "shapes",
                f"La colonne « {name} » a des contours, qui ne s’écrivent pas dans un tableau : supprimez-la, ou "
                "traitez le fichier avec un logiciel de cartographie.",
            )
