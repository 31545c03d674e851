"""How the reading process answers: a letter, a length, a payload. ``J`` is JSON, ``B`` an Arrow stream of one batch."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

HEADER = struct.Struct("=cQ")
JSON, BATCH = b"J", b"B"


def send(stream: IO[bytes], kind: bytes, payload: bytes | memoryview) -> None:
    """Write one frame."""
    stream.write(HEADER.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def send_json(stream: IO[bytes], value: Any) -> None:
    """Write one frame of JSON."""
    send(stream, JSON, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
