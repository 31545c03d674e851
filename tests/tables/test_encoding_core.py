"""The two fast ways of reading bytes agree with the slow and sure ones."""

from __future__ import annotations

import codecs

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.tables.reading.encoding import _is_utf8, _last_whole
from ckanext.ca3b.tables.reading.structure import _outside


def _decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(st.one_of(st.binary(max_size=40), st.text(max_size=20).filter(lambda s: s.isprintable()).map(str.encode)))
def test_utf8_is_what_python_decodes(data: bytes) -> None:
    assert _is_utf8(data) == _decodes(data)


@given(st.text(alphabet="aé€😀", min_size=1, max_size=12), st.integers(0, 48))
def test_a_block_is_cut_between_characters(text: str, at: int) -> None:
    data = text.encode()[:at]
    decoder = codecs.getincrementaldecoder("utf-8")()
    decoder.decode(data)
    assert _last_whole(data) == len(data) - len(decoder.getstate()[0])


@given(st.binary(max_size=60).map(lambda data: bytes(b'a;"\n'[byte % 4] for byte in data)))
def test_marks_within_quotes_are_left_out(data: bytes) -> None:
    array = np.frombuffer(data, dtype=np.uint8)
    marks, quotes = np.flatnonzero(array == ord(";")), np.flatnonzero(array == ord('"'))
    kept = [at for at in marks.tolist() if data[:at].count(b'"') % 2 == 0]
    assert _outside(marks, quotes).tolist() == kept
