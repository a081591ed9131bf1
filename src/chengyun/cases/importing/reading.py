"""Which column of a table is what, guessed from headings, shown, and corrected by `column=field`."""

import gzip
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chengyun.kernel.refusal import Invalid
from chengyun.places.readers.guard import guard
from chengyun.places.readers.table import Table, read_table

FIELDS: Mapping[str, tuple[str, ...]] = {
    "external_id": ("id", "编号", "工单编号", "案件编号", "任务号", "留言编号", "number", "external_id"),
    "time": ("time", "时间", "上报时间", "受理时间", "留言时间", "来电时间", "reported_at", "date"),
    "title": ("title", "标题", "主题", "留言主题", "subject"),
    "text": ("text", "内容", "诉求内容", "问题描述", "留言详情", "描述", "description"),
    "label": ("label", "分类", "类别", "一级标签", "诉求类型", "class", "category"),
    "address": ("address", "地址", "地点", "发生地址", "位置"),
    "lng": ("lng", "lon", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
    "name": ("name", "姓名", "联系人", "来电人", "诉求人"),
    "phone": ("phone", "电话", "联系电话", "手机"),
}
_PART = 0.6  # how sure a heading is that only contains a field's word
_SERIAL = re.compile(r"[1-9]\d{4}(\.\d+)?")  # a day as a spreadsheet counts it
_MOMENTS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d")


@dataclass(frozen=True)
class Opened:
    """A table that was read: which heading is which field, and how sure that is (0 to 1)."""

    path: Path
    table: Table
    columns: Mapping[str, str]
    sure: Mapping[str, float]

    def rows(self, most: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
        """Rows as (where it stands in the file, values by field): all, or `most` of them spread over the whole file."""
        index = {field: self.table.headings.index(heading) for field, heading in self.columns.items()}
        count = len(self.table.rows)
        wanted = range(count) if most is None or most >= count else (n * count // most for n in range(most))
        for number in wanted:
            row = self.table.rows[number]
            yield self.table.place(number), {field: row[column] for field, column in index.items()}


def open_cases(path: Path, maps: Sequence[str] = ()) -> Opened:
    """Read a .csv, .csv.gz or .xlsx and decide which column is what. Raises Invalid naming what does not fit."""
    table = _read(path)
    columns, sure = guess(table.headings)
    for said in maps:
        heading, equals, field = said.rpartition("=")
        if not equals or field not in FIELDS or heading not in table.headings:
            raise Invalid(
                "cases.bad_map", f"--map: {said!r} is not column=field (fields: {', '.join(FIELDS)})", field="map"
            )
        columns, sure = {**columns, field: heading}, {**sure, field: 1.0}
    if "text" not in columns:
        raise Invalid("cases.no_text_column", "no column holds the text: say which with --map COLUMN=text", field="map")
    return Opened(path, table, columns, sure)


def _read(path: Path) -> Table:
    if path.suffix.lower() != ".gz":
        guard(path)
        return read_table(path)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / path.stem
        try:
            with gzip.open(path) as packed, plain.open("wb") as unpacked:
                for chunk in iter(lambda: packed.read(1 << 20), b""):
                    unpacked.write(chunk)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise Invalid("places.file_damaged", f"{path.name}: a damaged archive", field="file") from error
        guard(plain)
        return read_table(plain)


def guess(headings: Iterable[str]) -> tuple[dict[str, str], dict[str, float]]:
    """Field → heading and how sure that is. A heading is one field only, the surest."""
    offers = [
        (score, field, heading)
        for heading in headings
        for field, words in FIELDS.items()
        if (score := _score(heading.strip().lower(), words))
    ]
    columns: dict[str, str] = {}
    sure: dict[str, float] = {}
    for score, field, heading in sorted(offers, key=lambda o: -o[0]):
        if field not in columns and heading not in columns.values():
            columns[field], sure[field] = heading, score
    return columns, sure


def _score(heading: str, words: tuple[str, ...]) -> float:
    if heading in words:
        return 1.0
    return _PART if any(len(word) > 1 and not word.isascii() and word in heading for word in words) else 0.0


def read_moment(value: Any, zone: str) -> datetime | None:
    """A cell as a moment (aware); None for an empty one. Raises ValueError."""
    if value in ("", None):
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=ZoneInfo(zone))
    text = re.sub(r"\s+", " ", str(value)).replace("年", "-").replace("月", "-").replace("日", "").strip()
    if _SERIAL.fullmatch(text):
        return datetime(1899, 12, 30, tzinfo=ZoneInfo(zone)) + timedelta(days=float(text))
    for form in _MOMENTS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=ZoneInfo(zone))
        except ValueError:
            continue
    return datetime.fromisoformat(text)
