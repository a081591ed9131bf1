"""Lines become paragraphs again: what wrapping and page breaks cut is joined, what ended stays apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chengyun.plans.compiler.enumerators import RUN_IN, label
from chengyun.plans.compiler.source import Line
from chengyun.plans.compiler.width import canonical, measure

_ENDED = re.compile(r"[。！？][”’）〕》]*$|[；;]$|[：:]$")
_TOLD = re.compile(r"[。；！][（〔][^（）〔〕]*(?:（[^（）]*）[^（）〔〕]*)*[）〕]$")  # a sentence and its tail
_OPEN = re.compile(r"[、，（“《〔\-—]$")
_APART = re.compile(
    r"(?:[-*•●·]\s|——|--?\s|—\s?[\u4e00-\u9fff]|专栏\s?[\d一二三四五六七八九十]*|附[件表录图]\s?[\d一二三四五六七八九十]*\s?[:：]?$|"
    r"附[件表]\s?[\d一二三四五]*[:：]|[图表]\s?\d{1,2}\s|目\s?录$|20\d\d年\d{1,2}月\d{1,2}日$|（此件|抄送|"
    r"[（〔](?:责任|牵头|配合|主办|完成时|时间节点)|(?:责任|牵头|配合|主办|协办|参与)(?:部门|单位|领导|科室)[:：]|第[一二三四五六七八九十]+[章节条篇]\s?)"
)
_BODY = re.compile(r"[，。；：]")
_FRAGMENT = re.compile(r"[\u4e00-\u9fff]{1,3}[。；）]|(?!各|本|全)[\u4e00-\u9fff]{1,2}[，、]")
_SENTENCE = re.compile(r"[。；：！]")
_SHORT = 24.0
_TITLE = 45.0
_LONGEST = 6000


def _text(source: str, line: Line) -> str:
    return canonical(source[line.start : line.end]).strip().replace("*", "")


def wrap_width(texts: Sequence[str]) -> float | None:
    """The width at which lines were wrapped (in full-width characters), or None when each line is a paragraph."""
    widths = [round(measure(text)) for text in texts if len(text) >= 8]
    if len(widths) < 12:
        return None
    common, _ = Counter(widths).most_common(1)[0]
    near = sum(abs(width - common) <= 2 for width in widths)
    if 14 <= common <= 60 and near >= 0.33 * len(widths) and sum(width > common + 4 for width in widths) < near / 6:
        return float(common)
    return None


def paragraphs(source: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph, in order."""
    texts = [_text(source, line) for line in lines]
    wrap = wrap_width(texts)
    group: list[Line] = []
    held = ""
    for place, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if group and _continues(held, texts[place - 1], text, wrap) and _may(group[-1], line):
            group.append(line)
            held += text
            continue
        if group:
            yield group
        group, held = [line], text
    if group:
        yield group


def _may(before: Line, line: Line) -> bool:
    """False where the file itself says that a paragraph ends here."""
    if before.firm or line.firm:
        return False
    return line.indent is None or before.indent is None or line.indent < before.indent + 1.2 or line.indent < 1.2


def _continues(held: str, last: str, text: str, wrap: float | None) -> bool:
    """True when `text` goes on with the paragraph `held`, whose last line is `last`."""
    if _APART.match(text) or len(held) > _LONGEST or _APART.fullmatch(held):
        return False
    if label(text) is not None or RUN_IN.match(text):
        return _cut_off(held, last, text, wrap)
    if _unclosed(held):
        return True
    if _ENDED.search(last) or _TOLD.search(held):
        return wrap is not None and _full(last, wrap) and last[-1] not in "：:" and not _is_title(held)
    return _OPEN.search(last) is not None or _breaks_off(held, last, text, wrap)


def _breaks_off(held: str, last: str, text: str, wrap: float | None) -> bool:
    """True when the last line has no end: it fills the width, or is too long for a title without one."""
    if wrap is not None:
        return _full(last, wrap)
    if _FRAGMENT.match(text) and (label(held) is not None or _BODY.search(held)):
        return True
    if label(held) is not None and measure(held) <= _TITLE and not _SENTENCE.search(held):
        return False
    return measure(last) >= _SHORT and _BODY.search(held) is not None


def _cut_off(held: str, last: str, text: str, wrap: float | None) -> bool:
    """A line that looks numbered but stands in the middle of a sentence: 菜场 / 2.0升级, or an open bracket."""
    if wrap is None or not _full(last, wrap) or _ENDED.search(last):
        return False
    return _unclosed(held) and not text.startswith(("一、", "（一）", "1."))


def _is_title(held: str) -> bool:
    return label(held) is not None and not _BODY.search(held[:-1])


def _full(last: str, wrap: float) -> bool:
    return measure(last) >= wrap - 2.5


def _unclosed(held: str) -> bool:
    tail = held[-200:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in ("（）", "《》", "〔〕"))
