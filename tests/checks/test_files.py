"""The bytes of a file on this machine, whatever storage keeps them."""

from __future__ import annotations

import io

import file_keeper as fk
import pytest
from ckan.lib import files as storages
from ckan.lib import uploader
from ckan.tests.helpers import call_action

from ckanext.ca3b import files

from .conftest import SCHEMA, rows

GOOD = rows(SCHEMA, "valid")


def test_a_file_of_this_disk_is_given_where_it_is(send):
    resource = send(GOOD)
    with files.local_copy(resource) as first, files.local_copy(resource) as second:
        assert first.samefile(second)
        assert first.read_bytes() == GOOD
        kept = first.resolve()
    assert kept.exists()


@pytest.mark.parametrize("kind", ["older uploader", "storage"])
def test_a_file_that_is_replaced_stays_the_same_for_whoever_reads_it(kind, send, replace, monkeypatch, tmp_path):
    if kind == "storage":
        settings = {"type": "ckan:fs", "path": str(tmp_path), "initialize": True, "overwrite_existing": True}
        disk = storages.make_storage("resources", settings)
        monkeypatch.setitem(storages.storages.members, "resources", disk)
    resource = send(GOOD)
    with files.local_copy(resource) as path:
        replace(resource, b"other bytes\n1\n")
        assert path.read_bytes() == GOOD
    with files.local_copy(resource) as path:
        assert path.read_bytes() == b"other bytes\n1\n"


def test_a_file_kept_elsewhere_is_brought_here_for_a_while(send, monkeypatch):
    memory = storages.Storage.__subclasses__()
    kind = next(one for one in memory if one.__name__ == "MemoryStorage")
    elsewhere = kind({"name": "elsewhere", "override_existing": True})
    resource = {"id": "abcdef-1234", "url": "a.csv", "url_type": "upload"}

    class Upload:
        storage = elsewhere

        def get_path(self, id_):
            return fk.Location(id_)

    elsewhere.upload(fk.Location(resource["id"]), storages.make_upload(io.BytesIO(GOOD)))
    monkeypatch.setattr(uploader, "get_resource_uploader", lambda _resource: Upload())
    with files.local_copy(resource) as path:
        assert path.read_bytes() == GOOD
    assert not path.exists()
    with pytest.raises(files.MissingFileError), files.local_copy({**resource, "id": "unknown"}):
        pass


def test_the_older_uploader_of_ckan_is_understood(tmp_path, monkeypatch):
    resource = {"id": "abcdef12-3456", "url": "a.csv", "url_type": "upload"}
    kept = tmp_path / "resources" / "abc" / "def" / "12-3456"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(GOOD)
    monkeypatch.setattr(uploader, "get_storage_path", lambda: str(tmp_path))
    monkeypatch.setattr(uploader, "get_resource_uploader", uploader.ResourceUpload)
    with files.local_copy(resource) as path:
        assert path.read_bytes() == GOOD


def test_a_lost_file_is_told(send, report, as_clerk):
    resource = send(GOOD)
    with files.local_copy(resource) as path:
        path.resolve().unlink()
    with pytest.raises(files.MissingFileError), files.local_copy(resource):
        pass
    found = call_action(
        "ca3b_report_create", context=dict(as_clerk), resource_id=resource["id"], options={"encoding": "utf-8"}
    )
    assert (found["state"], found["error"]["code"]) == ("failed", "missing")


def test_a_digest_reads_everything_and_goes_back():
    stream = io.BytesIO(b"x" * 3_000_000)
    stream.read(10)
    found = files.digest(stream)
    assert (found.size, stream.tell()) == (3_000_000, 0)
    assert found == files.digest(stream)
