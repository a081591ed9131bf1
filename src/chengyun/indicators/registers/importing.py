"""A sent file, looked at first and then taken into a register."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from chengyun.indicators.models import Register
from chengyun.indicators.registers.actions import WRITE, import_entries, shape_of_register
from chengyun.indicators.registers.files import open_register, read_rows
from chengyun.indicators.registers.shapes import Read
from chengyun.kernel.access import require
from chengyun.kernel.actor import Actor
from chengyun.places.importing.uploads import upload_of
from chengyun.places.models import Area

SHOWN = 50


def preview(register: Register, upload: UUID, mapping: Mapping[str, str], *, actor: Actor) -> dict[str, Any]:
    """How a file would be read; changes nothing."""
    require(actor, WRITE, at=register)
    shape, sent = shape_of_register(register), upload_of(upload, actor=actor)
    opened = open_register(sent.path, shape, mapping)
    read = read_rows(opened, shape, _areas(register))
    return {
        "headings": list(opened.table.headings), "mapping": dict(opened.mapping), "unused": opened.unused,
        "good": len(read.entries), "bad": len(read.bad), "wrong": _wrong(read),
        "sample": [dict(one.values) for one in read.entries[:5]],
    }  # fmt: skip


def take_file(register: Register, upload: UUID, mapping: Mapping[str, str], *, actor: Actor) -> dict[str, Any]:
    """Take in every row that can be read, and say what is wrong with the others."""
    require(actor, WRITE, at=register)
    shape, sent = shape_of_register(register), upload_of(upload, actor=actor)
    read = read_rows(open_register(sent.path, shape, mapping), shape, _areas(register))
    taken = import_entries(register, read.entries, actor=actor, source=sent.name)
    return {**asdict(taken), "bad": len(read.bad), "wrong": _wrong(read)}


def _areas(register: Register) -> frozenset[str]:
    """The names and codes of the town's areas."""
    rows = Area.objects.as_system("where records of a file may be").filter(town_id=register.town_id, retired_at=None)
    return frozenset(word for pair in rows.values_list("name", "code") for word in pair)


def _wrong(read: Read) -> list[dict[str, Any]]:
    return [{"row": row, "wrong": [asdict(one) for one in wrong]} for row, wrong in read.bad[:SHOWN]]
