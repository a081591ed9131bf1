"""Lines become paragraphs again: what wrapping and page breaks cut is joined, what ended stays apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chengyun.plans.compiler.enumerators import RUN_IN, label
from chengyun.plans.compiler.role_words import KEY
from chengyun.plans.compiler.source import Line
from chengyun.plans.compiler.width import canonical, measure

_ENDED = re.compile(r"[。！？][”’）〕》]*$|[；;]$|[：:]$")
_TOLD = re.compile(r"[。；！][（〔][^（）〔〕]*(?:（[^（）]*）[^（）〔〕]*)*[）〕]$")  # a sentence and its tail
_OPEN = re.compile(r"[、，（“《〔\-—]$")
_APART = re.compile(
    r"(?:[-*•●·]\s|——|--?\s|—\s?[\u4e00-\u9fff]|专栏\s?[\d一二三四五六七八九十]*|附[件表录图]\s?[\d一二三四五六七八九十]*\s?[:：]?$|"
    r"附[件表]\s?[\d一二三四五]*[:：]|[图表]\s?\d{1,2}\s|目\s?录$|20\d\d年\d{1,2}月\d{1,2}日$|（此件|抄送|"
    r"[\u4e00-\u9fff]{2,10}〔20\d\d〕\s?第?\d{1,4}号\s*$|[（〔](?:责任|牵头|配合|主办|完成时|时间节点)|第[一二三四五六七八九十]+[章节条篇]\s?)"
)
_BODY = re.compile(r"[，。；：]")
_FRAGMENT = re.compile(r"[\u4e00-\u9fff]{1,3}[。；）]|(?!各|本|全)[\u4e00-\u9fff]{1,2}[，、]")
_SENTENCE = re.compile(r"[。；：！]")
_BARE = re.compile(r"\d{1,3}$")
_OF_NUMBER = re.compile(r"[\d.,%‰万亿余多个家处条座台张套户幢栋块所件名人次场项支辆米公平亩吨元天年月日]")
_CUT = 12.0
_SHORT = 24.0
_TITLE = 45.0
_LONGEST = 6000
_FIRST = ("一、", "（一）", "1.")
_SLACK = 2.5
_PIECE = re.compile(r"(?:[A-Za-z0-9.,%‰/:~—-]+|.)[，。；：、！？）〕”》,.;:!?)]*")
_FEWEST = 12
_OUTLIERS = 3  # so many lines may be wider than the text itself (a title, a line of a table)
_RAGGED = 2.0
_NARROW, _BROAD, _FULL_SHARE = 14.0, 60.0, 0.12
_PAGE = re.compile(
    r"\s*(?:[-—–－―]\s*[\d０-９]{1,3}\s*[-—–－―]|第\s*\d{1,3}\s*页(?:[，,\s]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3})\s*$"
)


def _text(source: str, line: Line) -> str:
    return canonical(source[line.start : line.end]).strip().replace("*", "")


def is_page_number(source: str, line: Line) -> bool:
    """True for a line that is nothing but the number of its page: - 3 -, 第3页 共8页."""
    return not line.firm and _PAGE.match(source, line.start, line.end) is not None


def _cuts_in(source: str, lines: Sequence[Line], place: int) -> bool:
    """True for a bare number between two halves of a sentence: the number of a page that ended there."""
    if not 0 < place < len(lines) - 1 or lines[place].firm or not _BARE.match(_text(source, lines[place])):
        return False
    before, after = _text(source, lines[place - 1]), _text(source, lines[place + 1])
    wide = min(measure(before), measure(after)) > _CUT
    return (
        (wide or _unclosed(before))
        and not _ENDED.search(before)
        and label(after) is None
        and not _OF_NUMBER.match(after)
    )


def wrap_width(texts: Sequence[str]) -> float | None:
    """The width at which lines were wrapped (in full-width characters), or None when each line is a paragraph.

    Wrapped text has many lines of nearly the greatest width; where each line is a paragraph the greatest is alone.
    """
    widths = sorted((measure(text) for text in texts if len(text) >= 8), reverse=True)
    if len(widths) < _FEWEST:
        return None
    for widest in widths[:_OUTLIERS]:
        near = sum(widest - _RAGGED <= width <= widest for width in widths)
        if _NARROW <= widest <= _BROAD and near >= max(4, _FULL_SHARE * len(widths)):
            return widest - _RAGGED / 2
    return None


def paragraphs(source: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph, in order."""
    lines = [line for line in lines if not is_page_number(source, line)]
    lines = [line for place, line in enumerate(lines) if not _cuts_in(source, lines, place)]
    texts = [_text(source, line) for line in lines]
    raw = [source[line.start : line.end].strip() for line in lines]
    wrap = wrap_width(raw)
    group: list[Line] = []
    held = ""
    for place, (line, text) in enumerate(zip(lines, texts, strict=True)):
        full = None if wrap is None or not place else _reach(lines[place - 1], raw[place - 1], raw[place]) >= wrap
        if group and _continues(held, texts[place - 1], text, full) and _may(group[-1], line):
            group.append(line)
            held += text
            continue
        if group:
            yield group
        group, held = [line], text
    if group:
        yield group


def _reach(line: Line, text: str, following: str) -> float:
    """How far a line would have reached with the first piece of the next one that cannot be cut (98%, 1200, 上。)."""
    words = text.split()
    right = line.lefts[-1] + measure(words[-1]) if words and len(line.lefts) == len(words) else measure(text)
    piece = _PIECE.match(following)
    return right + _SLACK + max(0.0, measure(piece[0]) - 1.0 if piece is not None else 0.0)


def _may(before: Line, line: Line) -> bool:
    """False where the file itself says that a paragraph ends here."""
    if before.firm or line.firm:
        return False
    return line.indent is None or before.indent is None or line.indent < before.indent + 1.2 or line.indent < 1.2


def _continues(held: str, last: str, text: str, full: bool | None) -> bool:
    """True when `text` goes on with the paragraph `held`, whose last line is `last`.

    `full` says whether that line fills the width at which the text is wrapped; None where it is not wrapped.
    """
    if len(held) > _LONGEST or _APART.fullmatch(held):
        return False
    if label(text) is not None or RUN_IN.match(text):
        return full is True and _unclosed(held) and not _ENDED.search(last) and not text.startswith(_FIRST)
    if _unclosed(held):
        return _APART.match(text) is None or KEY.match(text) is not None
    if _APART.match(text):
        return False
    if not KEY.match(text) and _cuts_key(last, text):
        return True
    if KEY.match(text):
        return full is True and _cuts_key(last, text)
    if _ENDED.search(last) or _TOLD.search(held):
        open_key = any(match.end() == len(last) for match in KEY.finditer(last))
        return full is True and (last[-1] not in "：:" or open_key) and not _is_title(held)
    return _OPEN.search(last) is not None or _breaks_off(held, last, text, full)


def _cuts_key(last: str, text: str) -> bool:
    """完成时 / 限：12月底: a key of a tail that the end of a line cut in two."""
    return "：" in text[:8] and any(KEY.match(last[-size:] + text) for size in range(1, 7))


def _breaks_off(held: str, last: str, text: str, full: bool | None) -> bool:
    """True when the last line has no end: it fills the width, or is too long for a title without one."""
    if full is not None:
        return full
    if _FRAGMENT.match(text) and (label(held) is not None or _BODY.search(held)):
        return True
    if label(held) is not None and measure(held) <= _TITLE and not _SENTENCE.search(held):
        return False
    return measure(last) >= _SHORT and _BODY.search(held) is not None


def _is_title(held: str) -> bool:
    return label(held) is not None and not _BODY.search(held[:-1])


def _unclosed(held: str) -> bool:
    tail = held[-200:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in ("（）", "《》", "〔〕"))
