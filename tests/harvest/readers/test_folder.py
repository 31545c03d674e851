"""A folder of files is a catalogue: the list of a web server, a bucket, a share."""

from __future__ import annotations

import pytest

from .serving import answer, by_title, codes, pages, read_at, serving


def test_the_folders_of_a_web_server_are_read_down_and_never_up():
    folders = {"/opendata/": answer("apache_index.html"), "/opendata/2024/": answer("nginx_index.html")}
    with serving(pages(folders)) as site:
        reading = read_at(f"{site.address}/opendata/")
        assert set(site.paths()) == {"/opendata/", "/opendata/2024/"}
    assert (reading.kind, reading.pages, reading.complete) == ("folder", 2, True)
    found = by_title(reading)
    assert list(found) == ["Arbres", "Budget primitif"]
    assert (found["Arbres"].modified, found["Budget primitif"].modified) == (
        "2025-03-04T05:06:00",
        "2024-03-04T10:00:00",
    )
    assert (found["Arbres"].resources[0].size, found["Budget primitif"].resources[0].size) == (None, 12345), (
        "1.2K is no size"
    )
    assert "notes.txt" in next(each.message for each in reading.problems if each.code == "not-data")


def test_a_bucket_is_read_page_after_page():
    def storage(method, path, query):
        if path == "/opendata":
            token = query.get("continuation-token")
            return answer(
                "s3_listing_2.xml" if token == "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=" else "s3_listing_1.xml"
            )
        return None

    with serving(storage) as site:
        reading = read_at(f"{site.address}/opendata?prefix=commune/")
        found = by_title(reading)
        budget = found["Budget primitif & annexes"].resources[0]
        assert budget.url == f"{site.address}/opendata/commune/2024/budget%20primitif%20%26%20annexes.xlsx"
    assert (reading.kind, reading.pages, reading.complete) == ("folder", 2, True)
    assert [one.format for one in found["Arbres"].resources] == ["CSV", "GeoJSON"]
    assert found["Arbres"].resources[0].checksum == "md5:900150983cd24fb0d6963f7d28e17f72"
    assert found["Arbres"].resources[1].checksum == "", "the mark of a file sent in parts is no checksum"


def test_a_folder_shared_with_nextcloud_is_read_by_webdav():
    def cloud(method, path, query):
        if method == "PROPFIND" and path == "/public.php/dav/files/Ab3dEf6h/":
            return answer("webdav_multistatus.xml").replace("TOKEN", "Ab3dEf6h")
        return "<!doctype html><html><title>Nextcloud</title></html>" if path == "/s/Ab3dEf6h" else None

    with serving(cloud) as site:
        reading = read_at(f"{site.address}/s/Ab3dEf6h")
        (found,) = reading.datasets
        assert found.resources[0].url == f"{site.address}/public.php/dav/files/Ab3dEf6h/Cantine%202025.ods"
    assert (reading.kind, found.title, found.resources[0].size) == ("folder", "Cantine 2025", 4567)


@pytest.mark.parametrize(
    "rows",
    [
        [{"name": "bancs.csv", "type": "file", "mtime": "Tue, 04 Mar 2025 10:00:00 GMT", "size": 12}],
        [{"name": "bancs.csv", "is_dir": False, "mod_time": "2025-03-04T10:00:00Z", "size": 12}],
    ],
)
def test_lists_in_json_are_read(rows):
    with serving(pages({"/d/": rows})) as site:
        reading = read_at(f"{site.address}/d/")
    assert [(each.title, each.modified[:10], each.resources[0].size) for each in reading.datasets] == [
        ("Bancs", "2025-03-04", 12)]  # fmt: skip


def test_files_found_in_a_folder_are_to_be_reviewed():
    with serving(pages({"/opendata/": answer("apache_index.html")})) as site:
        reading = read_at(f"{site.address}/opendata/")
    assert {each.provenance["review"] for each in reading.datasets} == {"required"}
    assert "found-in-a-folder" in codes(reading)
