"""Kind, title, issuer, number, date and period of a document, from its first lines and its signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chengyun.plans.compiler.dates import Calendar, dates
from chengyun.plans.compiler.healed import Healed, heal, joined
from chengyun.plans.compiler.model import Field, Meta, Upstream, quoted, valued
from chengyun.plans.compiler.numerals import value
from chengyun.plans.compiler.outline import Block
from chengyun.plans.compiler.width import canonical, measure

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}〔(?:19|20)\d\d〕\s?第?\d{1,4}号")
_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?(?=印发|$|）)")
_CHINESE_DAY = re.compile(
    r"([二〇○零一三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日(?=印发|$|）)"
)
_SPOKEN = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?在.{2,40}(?:会议|大会|会|全会)上")
_ISSUER = re.compile(
    r"[\u4e00-\u9fff（）]{2,30}(?:人民政府|委员会|办事处|党工委|工委|管委会|管理局|[^管]局|领导小组|指挥部|办公室|集团|公司)(?:文件)?$"
)
_ABOUT = re.compile(r"印发《(.{4,80}?)》的?通知")
_NAMED = re.compile(
    r"[《<]((?:[^《》<>]|《[^》]*》|<[^>]*>){4,90})[》>](?:的通知)?[》>]?(?:\s*（([\u4e00-\u9fff]{2,10}〔\d{4}〕\d+号)）)?"
)
_TITLE = re.compile(
    r"(?:规划|计划|方案|要点|意见|报告|任务分?解?表|任务清单|工作安排表?|安排表|清单|行动|纲要|办法|规划纲要|推进表|计划表|重点工作)"
    r"(?:（[^）]{1,20}）)*$"
)
_DRAFTS = (("草案", "draft"), ("征求意见", "consultation"), ("送审", "draft"), ("讨论", "draft"), ("审议稿", "draft"))
_PLAN_YEARS = re.compile(r"[（]?((?:19|20)\d\d)\s?年?\s?[-—~至]+\s?((?:19|20)\d\d)\s?年?[）]?")
_REVIEWED = re.compile(r"总结|回顾|完成情况|执行情况")  # 2024年工作总结和2025年工作计划 plans for its last year
_ONE_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_MONTH = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月")
_FIVE = re.compile(r"第([一二三四五六七八九十]{2,3})个五年|[“\"]?(十[一二三四五六七八])五[”\"]?(?=规划|发展|期间)?")
_KINDS: tuple[tuple[str, str], ...] = (
    ("five_year_plan", r"五年规划|“?十[一二三四五六七八]五”?.{0,12}规划|五年.{0,8}规划"),
    ("government_report", r"政府工作报告|工作报告$"),
    ("work_points", r"工作要点|工作重点|工作计划要点"),
    (
        "task_table",
        r"任务(?:分解)?表|任务分解|任务清单|安排表|推进表|工作清单|责任清单|重点工作(?:安排|计划)|月度|任务书",
    ),
    ("action_plan", r"行动(?:计划|方案)|三年计划|实施方案|工作方案|推进方案|专项方案|方案"),
    ("opinions", r"意见"),
    ("plan", r"规划|计划|纲要"),
)
_FRONT = 40


def read_meta(blocks: Sequence[Block]) -> Meta:
    """What the document says about itself; what it does not say stays empty."""
    meta = Meta()
    front = [block for block in blocks[:_FRONT] if block.grid is None and block.flat is None]
    meta.title = _title(front)
    meta.number = _number(front)
    meta.date = _date(front, blocks)
    meta.issuer = _issuers(front, blocks)
    shown = meta.title.value if meta.title else ""
    meta.kind = next((kind for kind, pattern in _KINDS if re.search(pattern, shown)), "document")
    meta.status = next((status for word, status in _DRAFTS if word in shown), "issued")
    meta.openness = "public" if any("公开发布" in block.body.norm for block in front) else ""
    _period(meta, front)
    meta.upstream = _upstream(front, shown)
    if meta.kind == "action_plan" and meta.period is None:
        _period_above(meta)
    return meta


def _title(front: Sequence[Block]) -> Field[str] | None:
    for place in range(len(front)):
        body = _notice(front, place)
        if (match := _ABOUT.search(body.norm)) is not None:
            return quoted(body[match.start(1) : match.end(1)])
    before = _above_headings(front)
    for place, block in enumerate(before):
        if measure(block.body.text) <= 60 and _TITLE.search(block.body.norm) and not _ISSUER.search(block.body.norm):
            return quoted(_with_line_above(before, place), 0.9)
    short = [block for block in before if 4 <= measure(block.body.text) <= 40 and "。" not in block.body.norm]
    named = [block for block in short if not _ISSUER.search(block.body.norm) and not _NUMBER.search(block.body.norm)]
    return quoted((named or short)[0].body, 0.4, inferred=True) if short else None


def _notice(front: Sequence[Block], place: int) -> Healed:
    """A line, with the two below it where it breaks off inside the title that it prints: 关于印发《云岸镇."""
    body = front[place].body
    if not re.search(r"印发《[^》]*$", body.norm):
        return body
    return joined([body, *(block.body for block in front[place + 1 : place + 3])])


def _above_headings(front: Sequence[Block]) -> list[Block]:
    """The blocks above the first heading; an issuer or a title that is styled as one stands there too."""
    out: list[Block] = []
    for block in front:
        styled = not out or _ISSUER.search(out[0].body.norm)
        named = _TITLE.search(block.body.norm) or _ISSUER.search(block.body.norm)
        if block.rank is not None or (block.is_heading and not (styled and named)):
            break
        out.append(block)
    return out


def _with_line_above(before: Sequence[Block], place: int) -> Healed:
    """A title broken over two lines: the line above belongs to it when it breaks off after 关于…, 和, 的."""
    above = before[place - 1].body if place else None
    if above is None or len(above) > 40 or _ISSUER.match(above.norm) or _NUMBER.search(above.norm):
        return before[place].body
    broken = re.search(r"关于[^。：]*$|[和与及的、]$", above.norm) and not re.search(r"通知$|：$", above.norm)
    return joined([above, before[place].body]) if broken else before[place].body


def _number(front: Sequence[Block]) -> Field[str] | None:
    for block in front:
        match = _NUMBER.fullmatch(block.body.norm) or (
            _NUMBER.search(block.body.norm) if len(block.body) < 40 else None
        )
        if match is not None:
            return quoted(block.body[match.start() : match.end()])
    return None


def _date(front: Sequence[Block], blocks: Sequence[Block]) -> Field[str] | None:
    """The first line that is nothing but a date; else the last one at the end of the document."""
    ends = [block for block in blocks[-12:] if block.grid is None and block.flat is None]
    for block in [*front, *reversed(ends)]:
        if (
            (measure(block.body.text) <= 26 or _SPOKEN.search(block.body.norm))
            and not _TITLE.search(block.body.norm)
            and (day := _day(block.body)) is not None
        ):
            return day
    return None


def _day(body: Healed) -> Field[str] | None:
    """2023年6月21日, 2021年1月 or 二〇一一年四月八日 at the end of a line."""
    if (match := _DAY.search(body.norm) or _SPOKEN.search(body.norm)) is not None:
        day = f"-{int(match[3]):02d}" if match[3] else ""
        return valued(f"{match[1]}-{int(match[2]):02d}{day}", body[match.start() : match.end()])
    if (match := _CHINESE_DAY.search(body.norm)) is not None:
        year, month, date = (value(part.replace("○", "〇")) for part in match.groups())
        return valued(f"{year}-{month:02d}-{date:02d}", body[match.start() : match.end()]) if month and date else None
    return None


def _issuers(front: Sequence[Block], blocks: Sequence[Block]) -> list[Field[str]]:
    """Lines that are nothing but names of authorities, at the head or under the text."""
    out: list[Field[str]] = []
    for block in [*front, *blocks[-8:]]:
        if block.rank is not None or not 0 < measure(block.body.text) <= 44:
            continue
        for body in _authorities(block.body):
            if all(body.text not in known.value and known.value not in body.text for known in out):
                out.append(quoted(body, 0.9))
    return out[:4]


def _authorities(body: Healed) -> list[Healed]:
    """The authorities of a line, where a blank separates them; none when something else stands in it."""
    spaced = heal(body.source, [(span.start, span.end) for span in body.spans()], spaces=True)
    parts = [spaced[match.start() : match.end()] for match in re.finditer(r"\S+", spaced.norm)]
    names = [part[: len(part.norm.removesuffix("文件"))] for part in parts]
    if len(names) > 1 and all(_ISSUER.match(name.norm) for name in names):
        return names
    whole = body[: len(body.norm.removesuffix("文件"))]
    return [whole] if _ISSUER.match(whole.norm) else []


def _period(meta: Meta, front: Sequence[Block]) -> None:
    """First and last year: from the title, from a line of years under it, else the year of the date."""
    lines = [block.body for block in front if block.rank is None and measure(block.body.text) <= 60]
    title = [
        body
        for body in lines
        if (meta.title and meta.title.value in body.text) or (meta.title and body.text in meta.title.value)
    ]
    for body in [*title, *lines]:
        if _TITLE.search(body.norm) or _PLAN_YEARS.fullmatch(body.norm) or body in title:
            found = _years(body)
            if found is not None:
                meta.start, meta.end, meta.period = found
                break
    if meta.start is None and meta.date is not None and meta.kind != "opinions":
        meta.start = meta.date.value[:4]
        meta.end = meta.start if meta.kind == "government_report" else None
    single = meta.start is not None and (meta.end or meta.start)[:4] == meta.start[:4]
    issued = int(meta.date.value[:4]) if meta.date else _numbered(meta)
    meta.year = (
        int(str(meta.start)[:4]) if single and meta.start else issued or (int(meta.start[:4]) if meta.start else None)
    )


def _numbered(meta: Meta) -> int | None:
    """The year of a document's number, where it has no date: 云发〔2026〕1号."""
    found = re.search(r"〔((?:19|20)\d\d)〕", canonical(meta.number.value)) if meta.number is not None else None
    return int(found[1]) if found is not None else None


def _period_above(meta: Meta) -> None:
    """An action plan without years of its own runs as long as the plan above it: inferred, and marked so."""
    for up in meta.upstream:
        if (match := _PLAN_YEARS.search(up.title.value)) is not None:
            words = up.title
            meta.start, meta.end = match[1], match[2]
            meta.period = Field(f"{match[1]}—{match[2]}", words.words, words.spans, 0.6, inferred=True)
            return


def _years(body: Healed) -> tuple[str, str, Field[str]] | None:
    if match := _PLAN_YEARS.search(body.norm):
        return match[1], match[2], quoted(body[match.start() : match.end()])
    if match := _FIVE.search(body.norm):
        found = dates(f"“{match[1] or match[2]}五”期间", Calendar())
        if found and found[0].first and found[0].last:
            return found[0].first, found[0].last, quoted(body[match.start() : match.end()])
    if match := _MONTH.search(body.norm):
        month = f"{match[1]}-{int(match[2]):02d}"
        return month, month, quoted(body[match.start() : match.end()])
    if single := list(_ONE_YEAR.finditer(body.norm)):
        match = single[-1 if _REVIEWED.search(body.norm) else 0]
        return match[1], match[1], quoted(body[match.start() : match.end()])
    return None


def _upstream(front: Sequence[Block], title: str) -> list[Upstream]:
    """Documents named before the first heading."""
    out: list[Upstream] = []
    for block in front:
        if block.rank is not None or block.is_heading:
            break
        for match in _NAMED.finditer(block.body.norm):
            named = block.body[match.start(1) : match.end(1)]
            if re.sub(r"[“”\"\s]", "", named.norm) not in re.sub(r"[“”\"\s]", "", title) and _is_new(out, named.text):
                out.append(Upstream(quoted(named), match[2] or ""))
    return out


def _is_new(known: list[Upstream], title: str) -> bool:
    return len(title) >= 6 and all(title != other.title.value for other in known)
