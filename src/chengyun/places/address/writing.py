"""How an address is written from its parts."""

import re

_CHINESE = re.compile(r"[一-鿿]")


def address_text(road: str, lane: str = "", number: str = "", building: str = "") -> str:
    """云岸路 + 88 + 12 + 3 → 云岸路88弄12号3号楼; a Latin street takes its number after a space."""
    if road and not _CHINESE.search(road):
        return " ".join(part for part in (road, lane, number, building) if part)
    lane, _, branch = lane.partition("-")
    return road + _with(lane, "弄") + _with(branch, "支弄") + _with(number, "号") + _with(building, "号楼")


def _with(part: str, word: str) -> str:
    """A part with its word, unless the part already ends in one."""
    return part if not part or part[-1] in "弄号楼幢栋座" else part + word
