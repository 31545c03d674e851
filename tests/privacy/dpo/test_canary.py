"""No value of a file is ever written anywhere else: a value that exists nowhere is looked for everywhere."""

from __future__ import annotations

import io
import logging

import pysolr
import pytest
import sqlalchemy as sa
from ckan.lib.redis import connect_to_redis
from ckan.model import meta
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.ca3b.privacy.dpo import exports, ledger, notify

from .conftest import CANARIES, HELD, REASON

pytestmark = pytest.mark.usefixtures("portal", "dpo")

# Reports of files quote cells on purpose, to those who may replace the file: that is not what is protected here.
_NOT_OURS = {"ca3b_report"}


def test_no_value_enters_a_table_a_log_a_message_the_index_or_the_queue(
    app, send, decide, press_reveal, as_dpo, post, logs
):
    resource = send(HELD)
    press_reveal(resource, "eleve")
    press_reveal(resource, "telephone_parents")
    notify.tell_held()
    for kind in ("ask_treatment", "authorise", "refuse"):
        notify.tell_decided(decide(resource, kind)["id"])
    call_action("ca3b_dpo_close", context=dict(as_dpo), resource_id=resource["id"], reason=REASON)
    kept = {
        "tables": _tables(),
        "logs": logs.getvalue(),
        "mails": post.text,
        "index": str(list(pysolr.Solr(tk.config["solr_url"]).search("*:*", rows=1000))),
        "queue": _queue(),
        "register": "".join(exports.write_csv(ledger.lines())),
    }
    assert [place for place, text in kept.items() if not text] == [], "something must be there to be searched"
    found = [(place, canary) for place, text in kept.items() for canary in CANARIES if canary in text]
    assert found == []


@pytest.fixture
def logs():
    """Keep all that CKAN and ours would log at the most talkative level; migrations had switched loggers off."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in {"ckan", "ckanext", "rq"}]
    loggers = [logging.getLogger(name) for name in {"ckan", "ckanext", "rq", *names}]
    before = [(one, one.level, one.disabled) for one in loggers]
    for one in loggers:
        one.disabled = False
        one.setLevel(logging.DEBUG)
        if "." not in one.name or not one.propagate:
            one.addHandler(handler)
    yield written
    for one, level, disabled in before:
        one.removeHandler(handler)
        one.setLevel(level)
        one.disabled = disabled


@pytest.fixture
def press_reveal(app, dpo, gate):
    """Show the first value of a column on the page, as the DPO does."""

    def press(resource, column):
        findings = gate(resource)["scan"]["findings"]
        number = next(place for place, one in enumerate(findings) if one["column"] == column)
        data = {"sha256": resource["hash"], "finding": number, "row": 1}
        address = f"/rgpd/fichiers/{resource['id']}/montrer"
        answer = app.post(address, params=data, headers={"Authorization": dpo["token"]})
        assert any(canary in answer.body for canary in CANARIES)

    return press


def _tables() -> str:
    """Return all rows of all tables of CKAN, ours too."""
    with meta.engine.connect() as connection:
        names = sa.inspect(connection).get_table_names()
        assert {"ca3b_scan", "ca3b_decision", "ca3b_register", "activity", "package", "resource"} <= set(names)
        return "\n".join(
            f"{name}: {row[0]}"
            for name in names
            if name not in _NOT_OURS
            for row in connection.execute(sa.text(f'SELECT t::text FROM "{name}" t'))
        )


def _queue() -> str:
    redis = connect_to_redis()
    keys = [key for key in redis.scan_iter("rq:job:*") if redis.type(key) == b"hash"]
    return "\n".join(str(redis.hgetall(key)) for key in keys)
