"""The quality of one description, and the health of the catalogue, as CKAN actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import ckan.plugins.toolkit as tk
from ckan import authz, model

from ckanext.ca3b.dcat import quality
from ckanext.ca3b.dcat.feeds import selection

from . import auth, jobs, measuring, overview

if TYPE_CHECKING:
    from ckan.types import Context

#: How many datasets a page lists, and how many that left the catalogue.
LIMIT = 20
#: What is measured while somebody waits; the rest is left to a job.
AT_ONCE = 20
#: Among how many that are not described one is looked for that will be.
SEEN = 200


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {"ca3b_quality_show": ca3b_quality_show, "ca3b_catalogue_health": ca3b_catalogue_health}


@tk.side_effect_free
def ca3b_quality_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any] | None:
    """Return how well a dataset is described, as data.europa.eu scores it; None when nothing of it goes out.

    :param id: id or name of the dataset.
    :returns: ``{points, maximum, unknown, rating, rating_label, dimensions: [{code, label, points, maximum,
        metrics: [{code, label, points, maximum, state, advice, form, field, lacking}]}], faults, files,
        hvd: None or [{code, label, sentence, article, field}]}``
    """
    tk.check_access("ca3b_quality_show", context, data_dict)
    found = model.Package.get(tk.get_or_bust(data_dict, "id"))
    measured = measuring.of(found.id) if found is not None else None
    return _plain(measured) if measured is not None else None


@tk.side_effect_free
def ca3b_catalogue_health(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return how well the datasets that go out are described, and which do not go out.

    :param organization: id or name; without it, all that the user may see.
    :param metric: code of a metric that must lack. :param rating: code of a rating. :param hvd: what the regulation
        must lack in datasets of high value, or ``any``. :param limit, offset: of the datasets listed.
    :returns: ``{totals, organizations, metrics, hvd, count, results, left_out, left_out_count, waiting}``
    """
    tk.check_access("ca3b_catalogue_health", context, data_dict)
    looked = asked(context, data_dict)
    limit = max(1, min(_number(data_dict.get("limit"), LIMIT), 1000))
    offset = max(0, _number(data_dict.get("offset"), 0))
    waiting = _catch_up(looked)
    count, results = overview.worst(looked, limit, offset)
    left_out_count, left_out = overview.left_out(looked, LIMIT)
    return {
        "totals": overview.totals(looked),
        "organizations": overview.organizations(looked),
        "metrics": overview.metrics(looked),
        "hvd": overview.hvd(looked),
        "count": count,
        "results": [{**one, "quality": _plain(one["quality"])} for one in results],
        "left_out_count": left_out_count,
        "left_out": left_out,
        "waiting": waiting,
    }


def asked(context: Context, data_dict: dict[str, Any]) -> overview.Asked:
    """Read what is looked at. Raises ValidationError or ObjectNotFound for what does not exist."""
    metric, rating, hvd = (str(data_dict.get(name) or "") for name in ("metric", "rating", "hvd"))
    for name, value, known in (
        ("metric", metric, quality.catalogue().definitions()),
        ("rating", rating, {one.code for one in quality.catalogue().ratings}),
        ("hvd", hvd, {*quality.all_lacks(), "any"}),
    ):
        if value and value not in known:
            raise tk.ValidationError({name: [tk._("This is not one of those that can be looked at.")]})
    return overview.Asked(_organizations(context, data_dict), metric, rating, hvd)


def _organizations(context: Context, data_dict: dict[str, Any]) -> tuple[str, ...] | None:
    name = data_dict.get("organization")
    if name:
        found = model.Group.get(name)
        if found is None or not found.is_organization:
            raise tk.ObjectNotFound(tk._("No organisation of this portal has this name."))
        return (found.id,)
    user = context.get("user") or ""
    return None if authz.is_sysadmin(user) else tuple(one["id"] for one in auth.organizations(user))


def _catch_up(looked: overview.Asked) -> bool:
    """Describe and measure a few datasets that were not; leave more to a job, and tell whether there is more."""
    measuring.describe(overview.undescribed(looked, AT_ONCE))
    measuring.measure(measuring.missing(AT_ONCE, looked.organizations))
    # What is still not described may have only closed files: then there is nothing to wait for.
    more = bool(selection.of(overview.undescribed(looked, SEEN)) or measuring.missing(1, looked.organizations))
    if more:
        jobs.ask()
    return more


def _plain(measured: quality.Quality) -> dict[str, Any]:
    return {
        **measured.score.as_dict(),
        "rating_label": measured.score.rating.label,
        "hvd": None if measured.lacks is None else [attrs.asdict(one) for one in measured.lacks],
    }


def _number(value: Any, default: int) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return default
