"""A network as one file: a header that names arrays, then the arrays; opened by mapping it into memory."""

import json
import mmap
import os
import threading
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

MAGIC = b"CYREACH1"
ALIGN = 64


def write_arrays(path: Path, arrays: dict[str, np.ndarray], facts: dict[str, Any]) -> None:
    """Write named arrays and plain facts; one array under two names is stored once. The file appears when complete."""
    stored = list({id(array): array for array in arrays.values()}.values())
    number = {id(array): n for n, array in enumerate(stored)}
    ends = np.cumsum([_aligned(array.nbytes) for array in stored], dtype=np.int64).tolist()
    starts = [0, *ends][: len(stored)]
    places = [
        {"dtype": array.dtype.str, "size": array.size, "shape": array.shape, "at": start}
        for array, start in zip(stored, starts, strict=True)
    ]
    names = {name: number[id(array)] for name, array in arrays.items()}
    header = json.dumps({"facts": facts, "names": names, "arrays": places}).encode()
    begin = _aligned(len(MAGIC) + 8 + len(header))
    part = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    with part.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for array, start in zip(stored, starts, strict=True):
            file.seek(begin + start)
            file.write(np.ascontiguousarray(array).tobytes())
        file.truncate(begin + (ends[-1] if ends else 0))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def read_arrays(path: Path) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Arrays and facts of a stored network. Pages are read when touched; writing to them never reaches the file.

    Raises ValueError if the file is not a stored network or is cut short.
    """
    with path.open("rb") as file:
        header, begin = _header(file, path.name)
        view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    try:
        found = [_array(view, place, begin, path.name) for place in header["arrays"]]
        return {name: found[number] for name, number in header["names"].items()}, header["facts"]
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"{path.name} is damaged") from error


def _header(file: BinaryIO, name: str) -> tuple[dict[str, Any], int]:
    """The header, and where the arrays begin. Raises ValueError."""
    magic = file.read(len(MAGIC))
    if magic[:-1] != MAGIC[:-1]:
        raise ValueError(f"{name} is not a stored network")
    if magic != MAGIC:
        raise ValueError(f"{name} was stored by another version; make it again")
    size = os.fstat(file.fileno()).st_size
    length = int.from_bytes(file.read(8), "little")
    begin = _aligned(len(MAGIC) + 8 + length)
    if begin > size:
        raise ValueError(f"{name} is cut short")
    try:
        header: dict[str, Any] = json.loads(file.read(length))
    except ValueError as error:
        raise ValueError(f"{name} is damaged") from error
    return header, begin


def _array(view: mmap.mmap, place: dict[str, Any], begin: int, name: str) -> np.ndarray:
    dtype, size, at = np.dtype(place["dtype"]), place["size"], begin + place["at"]
    if at + _aligned(size * dtype.itemsize) > len(view):
        raise ValueError(f"{name} is cut short")
    flat = np.frombuffer(view, dtype, size, at) if size else np.zeros(0, dtype)
    return flat.reshape(place["shape"])


def _aligned(size: int) -> int:
    return -(-size // ALIGN) * ALIGN
