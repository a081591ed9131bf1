"""Tables of people with a column for each age band, turned into one row for each count."""

import re
from dataclasses import replace
from typing import Any

from chengyun.places.readers.table import Table
from chengyun.places.readers.values import WrongError, ages

_BASES = {"常住": "resident", "实有": "actual", "户籍": "registered"}


def lengthen(table: Table) -> Table:
    """The same table with the columns ages, basis and count, if several of its headings are age bands."""
    bands = {heading: band for heading in table.headings if (band := _band(heading)) is not None}
    if len(bands) < 2:
        return table
    kept = [heading for heading in table.headings if heading not in bands]
    places = {heading: table.headings.index(heading) for heading in table.headings}
    named = any(basis for _, basis in bands.values())
    rows: list[list[Any]] = []
    lines: list[int] = []
    for index, row in enumerate(table.rows):
        same = [row[places[one]] for one in kept]
        for heading, (text, basis) in bands.items():
            if row[places[heading]] != "":
                rows.append([*same, text, *([basis] if named else []), row[places[heading]]])
                lines.append(table.first + index)
    headings = (*kept, "ages", *(["basis"] if named else []), "count")
    return replace(table, headings=headings, rows=rows, lines=tuple(lines))


def _band(heading: str) -> tuple[str, str] | None:
    """ "60岁及以上户籍人口" → its band in words and its basis."""
    basis = next((meant for word, meant in _BASES.items() if word in heading), "")
    text = re.sub(r"常住|实有|户籍|人口数?|人数|老年人?|儿童|婴幼儿|总数?|[()（）]|\(.*?\)", "", heading).strip()
    if not text:
        return ("合计", basis) if basis or "人口" in heading else None
    try:
        low, high = ages(text)
    except WrongError:
        return None
    if (low, high) == (0, None) and text not in {"合计", "总计"}:
        return None
    return text, basis
