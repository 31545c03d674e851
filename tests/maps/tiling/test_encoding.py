"""Any features come back from a tile as they went in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pmtiles.tile import zxy_to_tileid

from ckanext.ca3b.maps.tiling import clipping, encoding, mercator, values

from .reading_tiles import area, one_layer

numbers = st.integers(-(2**53), 2**53)
rows = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 2**40),
        st.tuples(st.integers(-64, 4160), st.integers(-64, 4160)),
        st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
        st.none() | numbers,
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


@given(rows)
@settings(max_examples=150, deadline=None)
def test_features_and_their_values(given_rows):
    ordered = sorted(given_rows, key=lambda row: row[0])
    _, tile = np.unique([row[0] for row in ordered], return_inverse=True)
    columns = [
        values.column(pa.array([row[3 + place] for row in ordered], kind))
        for place, kind in enumerate((pa.string(), pa.int64(), pa.float64(), pa.bool_()))
    ]
    content = encoding.Content(
        tile,
        int(tile[-1]) + 1,
        np.ones(len(ordered), np.uint8),
        np.array([row[1] for row in ordered]),
        encoding.points(np.array([row[2] for row in ordered])),
        ["texte", "entier", "nombre", "vrai"],
        columns,
    )
    found = [feature for data in encoding.encode(content) for feature in one_layer(data).features]
    for feature, row in zip(found, ordered, strict=True):
        assert (feature.id, feature.parts) == (row[1], [[row[2]]])
        expected = zip(("texte", "entier", "nombre", "vrai"), row[3:], strict=True)
        assert feature.properties == {name: value for name, value in expected if value is not None}


@given(st.lists(st.tuples(st.integers(-9000, 9000), st.integers(-9000, 9000)), min_size=3, max_size=40))
@settings(max_examples=200, deadline=None)
def test_what_is_cut_stays_within_and_turns_the_right_way(corners):
    for closed in (True, False):
        xy = np.array(corners, np.int64)
        one = np.array([closed])
        rings = clipping.Rings(np.zeros(1, np.int64), np.zeros(1, np.bool_), one, np.array([len(xy)]), xy)
        cut = clipping.tidy(clipping.clip(rings, -64, 4160))
        assert ((cut.xy >= -64) & (cut.xy <= 4160)).all()
        if not len(cut.size):
            continue
        drawn = encoding.shapes(cut, 1)
        kind = np.array([3 if closed else 2], np.uint8)
        zero = np.zeros(1, np.int64)
        data = encoding.encode(encoding.Content(zero, 1, kind, zero, drawn, [], []))[0]
        (feature,) = one_layer(data).features
        assert [unit for part in feature.parts for unit in part] == list(map(tuple, cut.xy.tolist()))
        assert not closed or all(area(part) > 0 for part in feature.parts)


@pytest.mark.parametrize("zoom", range(19))
def test_tiles_are_numbered_as_archives_do(zoom):
    x, y = np.random.default_rng(zoom).integers(0, 1 << zoom, (2, 50))
    expected = [zxy_to_tileid(zoom, int(a), int(b)) for a, b in zip(x, y, strict=True)]
    assert mercator.tile_ids(x, y, zoom).tolist() == expected


def test_positions_come_back_to_the_centimetre():
    spots = np.random.default_rng(1).uniform((-180, -85), (180, 85), (1_000, 2))
    back = mercator.degrees(mercator.project(spots))
    assert np.abs(back - spots).max() * 111_320 < 0.05
