"""The health of the catalogue, asked of the database: a fixed number of queries for any number of datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import sqlalchemy as sa
from ckan import model
from ckan.model import meta

from ckanext.ca3b.dcat import quality
from ckanext.ca3b.dcat.feeds import selection
from ckanext.ca3b.dcat.feeds.model import Fragment

from .measuring import MEASURED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TABLE: sa.Table = Fragment.__table__  # pyright: ignore[reportAttributeAccessIssue]
_PACKAGE: sa.Table = model.Package.__table__  # pyright: ignore[reportAttributeAccessIssue, reportAssignmentType]
_GROUP: sa.Table = model.Group.__table__  # pyright: ignore[reportAttributeAccessIssue]
_SCORE = _TABLE.c.score
_POINTS = _SCORE["points"].as_integer()
_rating = _SCORE["rating"].as_string()
_HVD = sa.func.jsonb_typeof(_SCORE["hvd"]) == "array"
_LACKS = _SCORE["hvd"]
_GOES_OUT = sa.and_(_TABLE.c.left_at.is_(None), _TABLE.c.nt.is_not(None), MEASURED)


@attrs.frozen
class Asked:
    """What is looked at: the datasets of these organisations (ids, None for all), those that lack a metric, those of
    a rating, those of high value that lack something (``hvd``: a code, or ``any``).
    """

    organizations: tuple[str, ...] | None = None
    metric: str = ""
    rating: str = ""
    hvd: str = ""


def totals(asked: Asked) -> dict[str, Any]:
    """Return ``{published, measured, average, hvd, hvd_lacking}`` of the organisations looked at."""
    published = _rows(sa.select(sa.func.count()).select_from(_PACKAGE).where(_mine(asked)))[0][0]
    lacking_some = sa.func.jsonb_array_length(sa.case((_HVD, _LACKS))) > 0
    query = (
        sa.select(
            sa.func.count(),
            sa.func.avg(_POINTS),
            sa.func.count().filter(_HVD),
            sa.func.count().filter(_HVD, lacking_some),
        )
        .select_from(_scored())
        .where(_GOES_OUT, _mine(asked))
    )
    done, average, hvd, lacking = _rows(query)[0]
    mean = round(average) if average is not None else None
    return {"published": published, "measured": done, "average": mean, "hvd": hvd, "hvd_lacking": lacking}


def organizations(asked: Asked) -> list[dict[str, Any]]:
    """Return, of each organisation, ``{id, name, title, count, average, ratings: {code: count}}``, the lowest first."""
    counts = [sa.func.count().filter(_rating == one.code) for one in quality.catalogue().ratings]
    query = (
        sa.select(
            _GROUP.c.id, _GROUP.c.name, _GROUP.c.title, sa.func.count(), sa.func.avg(_POINTS).label("average"), *counts
        )
        .select_from(_scored().outerjoin(_GROUP, _GROUP.c.id == _PACKAGE.c.owner_org))
        .where(_GOES_OUT, _mine(asked))
        .group_by(_GROUP.c.id, _GROUP.c.name, _GROUP.c.title)
        .order_by(sa.text("average"), _GROUP.c.title)
    )
    codes = [one.code for one in quality.catalogue().ratings]
    return [
        {
            "id": id_,
            "name": name or "",
            "title": title or name or "",
            "count": count,
            "average": round(average),
            "ratings": dict(zip(codes, many, strict=True)),
        }
        for id_, name, title, count, average, *many in _rows(query)
    ]


def metrics(asked: Asked) -> list[dict[str, Any]]:
    """Return what lacks most: ``{code, label, dimension, lacking, points}``, by the points that mending would give.

    ``points`` are those of all the datasets that lack it together.
    """
    each = sa.func.jsonb_each_text(_SCORE["metrics"]).table_valued("key", "value").lateral("each")
    query = (
        sa.select(each.c.key, sa.func.count())
        .select_from(_scored().join(each, sa.true()))
        .where(_GOES_OUT, _mine(asked), each.c.value == quality.NO)
        .group_by(each.c.key)
    )
    counts = dict(map(tuple, _rows(query)))
    found = [
        {
            "code": one.code,
            "label": one.label,
            "dimension": label,
            "advice": one.advice,
            "lacking": counts[one.code],
            "points": counts[one.code] * one.points,
        }
        for _, label, definitions in quality.catalogue().dimensions
        for one in definitions
        if counts.get(one.code)
    ]
    return sorted(found, key=lambda one: -one["points"])


def hvd(asked: Asked) -> list[dict[str, Any]]:
    """Return what the regulation lacks in datasets of high value: ``{code, label, article, sentence, lacking}``."""
    each = sa.func.jsonb_array_elements_text(sa.case((_HVD, _LACKS))).table_valued("value").lateral("each")
    query = (
        sa.select(each.c.value, sa.func.count())
        .select_from(_scored().join(each, sa.true()))
        .where(_GOES_OUT, _mine(asked), _HVD)
        .group_by(each.c.value)
    )
    counts = dict(map(tuple, _rows(query)))
    return [
        {**attrs.asdict(lack), "lacking": counts[code]}
        for code, lack in quality.all_lacks().items()
        if counts.get(code)
    ]


def worst(asked: Asked, limit: int, offset: int) -> tuple[int, list[dict[str, Any]]]:
    """Return how many datasets answer, and some of them, lowest points first.

    Each: ``{id, name, title, type, organization, points, rating, quality}``.
    """
    where = (_GOES_OUT, _mine(asked), *_filters(asked))
    count = _rows(sa.select(sa.func.count()).select_from(_scored()).where(*where))[0][0]
    rows = _rows(_listed(asked).limit(limit).offset(offset))
    return count, [_dataset(row) for row in rows]


def every(asked: Asked, chunk: int = 500) -> Iterator[dict[str, Any]]:
    """Yield all the datasets that answer, as :func:`worst` does, reading some at a time."""
    with meta.engine.connect().execution_options(stream_results=True) as connection:  # pyright: ignore[reportOptionalMemberAccess]
        for row in connection.execute(_listed(asked)).yield_per(chunk):
            yield _dataset(row)


def _listed(asked: Asked) -> sa.Select[Any]:
    title = sa.func.coalesce(_GROUP.c.title, _GROUP.c.name, "")
    columns = (_PACKAGE.c.id, _PACKAGE.c.name, _PACKAGE.c.title, _PACKAGE.c.type, title, _SCORE)
    return (
        sa.select(*columns)
        .select_from(_scored().outerjoin(_GROUP, _GROUP.c.id == _PACKAGE.c.owner_org))
        .where(_GOES_OUT, _mine(asked), *_filters(asked))
        .order_by(_POINTS, _PACKAGE.c.title, _PACKAGE.c.id)
    )


def left_out(asked: Asked, limit: int, offset: int = 0) -> tuple[int, list[dict[str, Any]]]:
    """Return how many published datasets do not go out, and some: ``{id, name, title, type, organization, sentence}``.

    ``sentence`` is why, empty for one that has not been looked at or whose files are all closed.
    """
    joined = _PACKAGE.outerjoin(_TABLE, sa.and_(_TABLE.c.dataset_id == _PACKAGE.c.id, _TABLE.c.left_at.is_(None)))
    joined = joined.outerjoin(_GROUP, _GROUP.c.id == _PACKAGE.c.owner_org)
    where = (_mine(asked), _TABLE.c.nt.is_(None))
    count = _rows(sa.select(sa.func.count()).select_from(joined).where(*where))[0][0]
    title = sa.func.coalesce(_GROUP.c.title, _GROUP.c.name, "")
    sentence = sa.func.coalesce(_TABLE.c.error["sentence"].as_string(), "")
    query = (
        sa.select(_PACKAGE.c.id, _PACKAGE.c.name, _PACKAGE.c.title, _PACKAGE.c.type, title, sentence)
        .select_from(joined)
        .where(*where)
        .order_by(sentence == "", _PACKAGE.c.title, _PACKAGE.c.id)
        .limit(limit)
        .offset(offset)
    )
    names = ("id", "name", "title", "type", "organization", "sentence")
    return count, [dict(zip(names, row, strict=True)) for row in _rows(query)]


def undescribed(asked: Asked, limit: int) -> list[str]:
    """Return the ids of published datasets that nobody described yet, the latest first.

    Those whose files are all closed are among them: nothing is kept of what does not go out.
    """
    here = sa.exists().where(_TABLE.c.dataset_id == _PACKAGE.c.id, _TABLE.c.left_at.is_(None))
    query = (
        sa.select(_PACKAGE.c.id).where(_mine(asked), ~here).order_by(_PACKAGE.c.metadata_modified.desc()).limit(limit)
    )
    return [row[0] for row in _rows(query)]


def _dataset(row: Any) -> dict[str, Any]:
    id_, name, title, type_, organization, score = row
    return {
        "id": id_,
        "name": name,
        "title": title or name,
        "type": type_,
        "organization": organization,
        "quality": quality.unpack(score),
    }


def _scored() -> sa.FromClause:
    return _TABLE.join(_PACKAGE, _PACKAGE.c.id == _TABLE.c.dataset_id)


def _mine(asked: Asked) -> sa.ColumnElement[bool]:
    if asked.organizations is None:
        return selection.is_published()
    return sa.and_(selection.is_published(), _PACKAGE.c.owner_org.in_(asked.organizations))


def _filters(asked: Asked) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if asked.metric:
        found.append(_SCORE["metrics"][asked.metric].as_string() == quality.NO)
    if asked.rating:
        found.append(_rating == asked.rating)
    if asked.hvd == "any":
        found.append(sa.and_(_HVD, sa.func.jsonb_array_length(sa.case((_HVD, _LACKS))) > 0))
    elif asked.hvd:
        found.append(_LACKS.has_key(asked.hvd))
    return found


def _rows(query: sa.Select[Any]) -> Sequence[Any]:
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return connection.execute(query).all()
