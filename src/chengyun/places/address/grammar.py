"""The parts of a Chinese address: road, lane 弄, number 号, building 号楼/幢, unit, room; Latin: street and number."""

import re
from dataclasses import dataclass

from chengyun.places.address.normal import normal

_AREA = re.compile(
    r"^(?:[一-鿿]{2,8}?(?:省|自治区|特别行政区))?(?:[一-鿿]{2,6}?市)?"
    r"(?:[一-鿿]{2,4}?(?<!小)(?<!社)(?<!园)(?<!片)(?<!校)(?<!厂)(?<!新)(?:区|县)(?!域))?(?:[一-鿿]{2,5}?(?:镇|街道))?"
)
_ROAD = re.compile(r"[一-鿿0-9a-z]{1,10}?(?:大道|大街|公路|胡同|路|街|道|巷)(?![口])")
_LANE = re.compile(r"(\d+)(?:弄|巷)(?:(\d+)支弄)?")
_NUMBER = re.compile(r"(\d+(?:[-/]\d+)?[甲乙丙丁a-z]?)号(?![楼线门口桥])")
_BUILDING = re.compile(r"(\d+|[a-z](?=[座栋幢楼]))(?:号楼|幢|栋|座|#)")
_UNIT = re.compile(r"(\d+)单元")
_ROOM = re.compile(r"(\d{2,4})室|(?<=[号楼幢栋元])(\d{3,4})(?!\d|[弄号])")
_LATIN = re.compile(r"^([a-zà-ÿ][a-zà-ÿ .'-]*?)\s*(\d+\s?[a-z]?)$")


@dataclass(frozen=True)
class Address:
    """Parts as written in normal form; empty where not said. `rest` is what no part took."""

    road: str = ""
    lane: str = ""
    number: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""
    rest: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing of an address was found."""
        return not (self.road or self.lane or self.number or self.building)


def parse_address(text: str) -> Address:
    """Parse an address; the areas in front (province to town) are dropped."""
    plain = normal(text)
    latin = _LATIN.match(plain)
    if latin:
        return Address(road=latin.group(1).strip(), number=latin.group(2).replace(" ", ""))
    plain = strip_areas(plain)
    road = _ROAD.search(plain)
    after = plain[road.end() :] if road else plain
    parts = parse_parts(after)
    before = plain[: road.start()] if road else ""
    return Address(
        road.group() if road else "",
        parts.lane,
        parts.number,
        parts.building,
        parts.unit,
        parts.room,
        before + parts.rest,
    )


def parse_parts(text: str) -> Address:
    """The parts after the road, from normal text."""
    taken: dict[str, str] = {}
    for name, pattern in (
        ("lane", _LANE),
        ("number", _NUMBER),
        ("building", _BUILDING),
        ("unit", _UNIT),
        ("room", _ROOM),
    ):
        found = pattern.search(text)
        if found:
            taken[name] = next(group for group in found.groups() if group)
            if name == "lane" and found.group(2):
                taken[name] += "-" + found.group(2)
            text = text[: found.start()] + " " + text[found.end() :]
    bare = re.match(r"\s*(\d+[a-z]?)\s*$", text)
    if bare and "number" not in taken and "lane" not in taken:
        taken["number"], text = bare.group(1), ""
    return Address(rest=text.replace(" ", "") if re.search(r"[一-鿿]", text) else text.strip(), **taken)


def strip_areas(plain: str) -> str:
    """Normal text without the areas that it starts with, unless nothing would be left."""
    found = _AREA.match(plain)
    return plain[found.end() :] or plain if found else plain
