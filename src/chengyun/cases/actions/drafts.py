"""What a report consists of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Reporting:
    """Who reports. Name and phone are personal data; `ref` is who it is as an actor, `code` the code of the receipt."""

    ref: UUID
    kind: str = "resident"
    name: str = ""
    phone: str = ""
    code: str = ""


@dataclass(frozen=True)
class Draft:
    """What is reported. `town` is an id; `point` longitude and latitude (WGS 84); `plate` the code of a facility.

    `origin` is what an import knows of where it comes from. `order` makes it an order of the upper platform `source`
    with the number `external_id`: {"kind", "due_at"}.
    """

    town: int
    text: str
    channel: str
    title: str = ""
    class_code: str = ""
    priority: str = ""
    point: tuple[float, float] | None = None
    address: str = ""
    plate: str = ""
    photos: Sequence[str] = ()
    reporter: Reporting | None = None
    confidential: bool = False
    captured_at: datetime | None = None
    reported_at: datetime | None = None
    uuid: UUID | None = None
    source: str = ""
    external_id: str = ""
    order: Mapping[str, Any] = field(default_factory=dict)
    origin: Mapping[str, Any] = field(default_factory=dict)
