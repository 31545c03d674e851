"""What happens while a map is being made: another file, another worker, a worker that dies."""

from __future__ import annotations

import datetime as dt

import pytest
from ckan.tests.helpers import call_action

from ckanext.ca3b.cartography import building, jobs, store
from ckanext.ca3b.cartography.model import FAILED, RUNNING, SAMPLED, now
from ckanext.ca3b.maps import convert as core

from .conftest import HELD, PLACES, acting, draw, geojson, kept, place, the_map


class StoppedError(BaseException):
    """A worker that is killed: nothing of ours runs after it."""


@pytest.fixture
def meanwhile(monkeypatch):
    """Do something between the end of the conversion and the publication of its files."""

    def during(action):
        real = core.convert

        def convert(*given, **named):
            result = real(*given, **named)
            action()
            return result

        monkeypatch.setattr(core, "convert", convert)

    return during


def test_a_file_replaced_while_it_is_drawn_shows_the_new_one(send, replace, meanwhile, monkeypatch, ask):
    resource = send()
    (old,) = store.of(resource["id"])
    meanwhile(lambda: replace(resource, geojson(PLACES[:2])))
    jobs.run(old.id)
    monkeypatch.undo()
    assert store.get(old.id) is None
    draw(resource)
    (layer,) = ask(place(resource, "carte.json"), status=200).json["layers"]
    assert layer["features"] == 2
    assert kept() == {one["location"] for one in the_map(resource).files.values()}


def test_a_file_held_while_it_is_drawn_leaves_nothing(send, replace, meanwhile):
    resource = send()
    (one,) = store.of(resource["id"])
    meanwhile(lambda: replace(resource, HELD))
    jobs.run(one.id)
    assert (store.of(resource["id"]), kept()) == ([], set())


def test_a_file_deleted_while_it_is_drawn_leaves_nothing(send, meanwhile, clerk):
    resource = send()
    (one,) = store.of(resource["id"])
    meanwhile(lambda: call_action("resource_delete", context=acting(clerk), id=resource["id"]))
    jobs.run(one.id)
    assert (store.of(resource["id"]), kept()) == ([], set())


def test_two_workers_never_draw_the_same_map(send):
    resource = send()
    (one,) = store.of(resource["id"])
    with store.lock(one.id) as mine:
        assert mine
        jobs.run(one.id)  # the second one
        assert store.get(one.id).attempts == 0


def test_a_killed_worker_leaves_the_map_before_and_the_next_one_ends_the_work(drawn, replace, monkeypatch, ask):
    resource = drawn()
    before = kept()
    replace(resource, geojson(PLACES[:2]))
    monkeypatch.setattr(store, "publish", _killed)
    with pytest.raises(StoppedError):
        draw(resource)
    monkeypatch.undo()
    assert the_map(resource).state == RUNNING
    assert before < kept()  # what it had written is still there…
    assert ask(place(resource, "carte.json"), status=200).json["layers"][0]["features"] == 3
    draw(resource)
    assert ask(place(resource, "carte.json"), status=200).json["layers"][0]["features"] == 2
    # … and went with the next run.
    assert kept() == {one["location"] for one in the_map(resource).files.values()}


def test_a_file_that_kills_its_worker_each_time_is_given_up(send, monkeypatch):
    resource = send()
    monkeypatch.setattr(building, "build", _killed)
    for _ in range(jobs.ATTEMPTS):
        with pytest.raises(StoppedError):
            draw(resource)
    found = draw(resource)
    assert (found.state, found.error["code"]) == (FAILED, "interrupted")


def test_a_sample_is_seen_while_the_tiles_are_made(send, monkeypatch, ask):
    places = [(f"Point {n}", 4.9 + (n % 150) / 200, 46.0 + (n // 150) / 200) for n in range(12_000)]
    resource = send(geojson(places), "points.geojson")
    seen = []
    real = store.publish

    def publish(map_id, **values):
        found = real(map_id, **values)
        if values["state"] == SAMPLED:
            carte = ask(place(resource, "carte.json"), status=200).json
            (layer,) = carte["layers"]
            seen.append((carte["state"], len(ask(layer["urls"]["sample"], status=200).json["features"])))
        return found

    monkeypatch.setattr(store, "publish", publish)
    draw(resource)
    ((state, count),) = seen
    assert (state, 0 < count <= 2000) == ("sampled", True)


def test_a_map_whose_worker_died_is_put_in_the_queue_again(send, monkeypatch):
    resource = send()
    (one,) = store.of(resource["id"])
    monkeypatch.setattr(building, "build", _killed)
    with pytest.raises(StoppedError):
        jobs.run(one.id)
    asked = []
    monkeypatch.setattr(jobs, "_enqueue", asked.append)
    jobs.follow(resource["id"])
    assert [each.id for each in asked] == [one.id]


def test_who_waits_for_a_map_whose_worker_died_has_it_made(send, monkeypatch, ask):
    resource = send()
    (one,) = store.of(resource["id"])
    monkeypatch.setattr(building, "build", _killed)
    with pytest.raises(StoppedError):
        jobs.run(one.id)
    asked = []
    monkeypatch.setattr(jobs, "_enqueue", asked.append)
    ask(place(resource, "carte.json"), status=200)
    assert asked == []  # it may only be slow
    store.write(one.id, updated=now() - dt.timedelta(minutes=5))
    ask(place(resource, "carte.json"), status=200)
    assert [each.id for each in asked] == [one.id]


def _killed(*_given, **_named):
    raise StoppedError
