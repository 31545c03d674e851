"""One tile out of an archive, and the sample that is shown before there is one."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from ckanext.ca3b.maps import tiling

from .reading_tiles import archive, store


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reading")
    xy = np.random.default_rng(1).uniform((-2, 44), (6, 49), (40_000, 2))
    source = store(folder / "0.gpkg", shapely.points(xy), rang=np.arange(40_000))
    tiling.build(source, folder / "0.pmtiles")
    return folder / "0.pmtiles"


def test_every_tile_is_read_as_the_reference_reader_does(path):
    tiles = archive(path)
    assert len(tiles) > 5_000  # directories of directories
    keys = [key for key in tiles if key[0] < 10][:500] + list(tiles)[::37]
    assert all(tiling.read_tile(path, *key) == tiles[key] for key in keys)


@pytest.mark.parametrize("tile", [(0, 1, 0), (0, -1, 0), (5, 0, 0), (30, 0, 0), (-1, 0, 0), (10, 1024, 3)])
def test_where_nothing_is_there_is_no_tile(path, tile):
    assert tiling.read_tile(path, *tile) is None


def test_few_bytes_are_read_from_afar(path):
    asked: list[tuple[int, int]] = []

    def read(offset: int, length: int) -> bytes:
        asked.append((offset, length))
        with path.open("rb") as file:
            file.seek(offset)
            return file.read(length)

    afar = tiling.Archive(read)
    keys = list(archive(path))
    for key in keys[:: len(keys) // 20]:
        afar.tile(*key)
    before = len(asked)
    assert tiling.read_tile(afar, *keys[-1]) == tiling.read_tile(path, *keys[-1])
    assert len(asked) - before <= 2
    assert tiling.read_tile(read, *keys[-1]) == tiling.read_tile(path, *keys[-1])


def test_an_archive_that_is_made_again_is_read_again(tmp_path):
    target = tmp_path / "0.pmtiles"
    tiling.build(store(tmp_path / "a.gpkg", [shapely.Point(5, 46)], n=[1]), target)
    first = tiling.read_tile(target, 0, 0, 0)
    tiling.build(store(tmp_path / "b.gpkg", [shapely.Point(5, 46)], n=[2]), target)
    assert tiling.read_tile(target, 0, 0, 0) != first


def test_what_is_no_archive_is_refused_in_french(tmp_path):
    (tmp_path / "0.pmtiles").write_bytes(b"PMTiles\x03" + bytes(300))
    (tmp_path / "1.pmtiles").write_bytes(b"nothing")
    for name in ("0.pmtiles", "1.pmtiles", "2.pmtiles"):
        with pytest.raises(tiling.TileError, match="tuiles"):
            tiling.read_tile(tmp_path / name, 0, 0, 0)


def test_the_sample_stands_for_the_layer(tmp_path):
    rng = np.random.default_rng(1)
    angles = np.linspace(0, 2 * np.pi, 50_001)[:-1]
    large = shapely.Polygon(np.c_[5.5 + 0.3 * np.cos(angles), 46.5 + 0.3 * np.sin(angles)])
    houses = [shapely.box(x, y, x + 1e-4, y + 1e-4) for x, y in rng.uniform((5, 46), (6, 47), (8_000, 2))]
    source = store(tmp_path / "0.gpkg", [*houses, large], nom=[f"n° {i}" for i in range(8_001)])
    assert tiling.sample(source, tmp_path / "s.geojson", limit=500) == 500
    assert (tmp_path / "s.geojson").stat().st_size < 500_000
    found = json.loads((tmp_path / "s.geojson").read_text("utf-8"))["features"]
    ids = [feature["id"] for feature in found]
    assert 8_001 in ids  # the largest is there
    assert len(set(ids)) == 500
    assert all(feature["properties"] == {"nom": f"n° {feature['id'] - 1}"} for feature in found)
    spots = [shapely.from_geojson(json.dumps(f["geometry"])).centroid for f in found]
    assert len({(int(p.x * 10), int(p.y * 10)) for p in spots}) > 95  # of a hundred squares
    assert sorted(file.name for file in tmp_path.iterdir()) == ["0.gpkg", "s.geojson"]
