"""The files behind links: fetched together, once each, the last bytes deciding, and looked at again like the others."""

from __future__ import annotations

import datetime as dt
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.lib.jobs import get_queue
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.ca3b.privacy import config
from ckanext.ca3b.privacy.cli import rgpd
from ckanext.ca3b.privacy.dpo import ledger, rescan
from ckanext.ca3b.privacy.gate import state
from ckanext.ca3b.privacy.scanning import pending, remote

from .conftest import HELD, OPEN

pytestmark = pytest.mark.usefixtures("portal", "dpo")


class Site:
    """The web site of a commune: what it gives at each path, and how often it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                body = site.files.get(self.path)
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_given) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setitem(tk.config, config.REMOTE_ALLOW_PRIVATE, True)
    empty()
    made = Site()
    yield made
    made.server.shutdown()
    empty()


def empty() -> None:
    while pending.take():
        pass
    get_queue().empty()


@pytest.fixture
def link(site, dataset, as_clerk):
    def create(path: str, content: bytes | None = None) -> dict:
        if content is not None:
            site.files[path] = content
        given = {"package_id": dataset["id"], "name": path, "url": site.url(path)}
        return call_action("resource_create", context=dict(as_clerk), **given)

    return create


def clear(resource: dict) -> bool:
    model.Session.rollback()
    return state.of(model.Resource.get(resource["id"])).clear


def link_jobs() -> list:
    return [job for job in get_queue().jobs if job.func_name.endswith("remote.run")]


def test_bytes_that_come_back_decide_again(site, link, post):
    resource = link("/a.csv", OPEN)
    remote.look(resource["id"])
    assert clear(resource)
    site.files["/a.csv"] = HELD
    remote.look(resource["id"])
    assert not clear(resource)
    site.files["/a.csv"] = OPEN
    remote.look(resource["id"])
    assert clear(resource)
    remote.look(resource["id"])
    said = [one["details"].get("again", False) for one in ledger.lines() if one["event"] == "scan"]
    assert said == [False, False, True]
    assert ledger.verify().sound


def test_a_harvest_of_many_datasets_is_one_job_and_each_link_is_fetched_once(site, commune, as_clerk):
    ids = []
    for number in range(30):
        site.files[f"/{number}.csv"] = OPEN
        made = call_action(
            "package_create", context=dict(as_clerk), title=f"Jeu {number}", notes="Des données.",
            owner_org=commune["id"], resources=[{"name": "Lien", "url": site.url(f"/{number}.csv")}],
        )  # fmt: skip
        ids.append(made["resources"][0]["id"])
    remote.ask(ids[:5])
    assert pending.count() == 30
    assert len(link_jobs()) == 1
    get_queue().empty()
    remote.run()
    # One job looks at some of them, then gives way: another one is at the end of the queue.
    assert len(site.asked) == remote.BATCH
    assert len(link_jobs()) == 1
    get_queue().empty()
    remote.run()
    assert sorted(site.asked) == sorted(site.files)
    assert (pending.count(), link_jobs()) == (0, [])
    assert all(clear({"id": one}) for one in ids)


def test_a_job_that_was_lost_is_asked_for_again(site, link, monkeypatch):
    link("/a.csv", OPEN)
    get_queue().empty()
    link("/b.csv", OPEN)
    assert link_jobs() == []
    monkeypatch.setattr(pending, "LOST_AFTER", 1)
    pending.asked()
    threading.Event().wait(1.1)
    link("/c.csv", OPEN)
    assert len(link_jobs()) == 1
    remote.run()
    assert sorted(site.asked) == ["/a.csv", "/b.csv", "/c.csv"]


def test_a_new_examination_looks_at_links_too_the_newest_first(site, link, send, post, cli):
    first, upload, last = link("/a.csv", OPEN), send(OPEN, "parkings.csv"), link("/b.csv", HELD)
    empty()
    output = cli.invoke(rgpd, ["rescan", "--now"], catch_exceptions=False).output
    # The file sent was examined as it came.
    assert "2 fichiers examinés, 0 fermés" in output
    assert "1 liens mènent à un fichier qui montre des données personnelles" in output
    assert site.asked == ["/b.csv", "/a.csv"]
    (message,) = post.to("dpo@agglo.example")
    text = message.get_content()
    assert last["id"] in text
    assert first["id"] not in text
    assert upload["id"] not in text
    assert "Un lien public mène" in text
    assert call_action("ca3b_gate_show", context={"ignore_auth": True}, resource_id=last["id"])["open"]
    assert "Rien à examiner" in cli.invoke(rgpd, ["rescan", "--now"]).output


def test_a_site_that_does_not_answer_is_not_asked_for_ever(site, link, post):
    link("/absent.csv")
    empty()
    assert rescan.run()["examined"] == 1
    assert rescan.count() == 0
    with model.meta.engine.begin() as connection:
        late = {"late": dt.datetime.now(dt.UTC) - dt.timedelta(days=2)}
        connection.execute(sa.text("UPDATE ca3b_scan SET finished = :late"), late)
    assert rescan.count() == 1
