"""The numbers that Word writes in front of paragraphs: they are not in the text, only in the list definitions."""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from chengyun.plans.compiler.numerals import chinese

_PLACE = re.compile(r"%([1-9])")
_CHINESE_FORMS = {"chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting"}
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Numbering:
    """Counts the numbered paragraphs of one document in order and gives each its label as printed."""

    def __init__(self, document: Docx) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        root = self._root(document)
        if root is not None:
            self._read(root)

    @staticmethod
    def _root(document: Docx) -> Any:
        try:  # not `numbering_part`, which would make a missing one
            part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        except KeyError:
            return None
        return part.element if isinstance(part, XmlPart) else None

    def _read(self, root: Any) -> None:
        for abstract in root.findall(qn("w:abstractNum")):
            levels = {}
            for level in abstract.findall(qn("w:lvl")):
                levels[int(level.get(qn("w:ilvl"), "0"))] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )
            self._levels[abstract.get(qn("w:abstractNumId"), "")] = levels
        for number in root.findall(qn("w:num")):
            self._abstract[number.get(qn("w:numId"), "")] = _value(number, "w:abstractNumId", "")

    def label(self, paragraph: Paragraph) -> str:
        """The number of this paragraph as printed, "" for none. Call once per paragraph, in order."""
        found = self._of(paragraph)
        if found is None:
            return ""
        number, level = found
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        return _PLACE.sub(lambda m: self._printed(levels, counts, int(m[1]) - 1), levels[level][1])

    @staticmethod
    def _printed(levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        form, _, start = levels.get(level, ("decimal", "", 1))
        count = counts.get(level, start)
        if form in _CHINESE_FORMS:
            return chinese(count)
        if form.startswith("decimalEnclosedCircle") and count <= len(_CIRCLES):
            return _CIRCLES[count - 1]
        return "" if form in {"bullet", "none"} else str(count)

    def _of(self, paragraph: Paragraph) -> tuple[str, int] | None:
        own = _reference(paragraph._p.pPr)
        if own is not None:
            return own if own[0] != "0" else None
        style: Any = paragraph.style
        while style is not None:
            found = _reference(style.element.pPr)
            if found is not None:
                return found
            style = style.base_style
        return None


def _reference(properties: Any) -> tuple[str, int] | None:
    mark = properties.find(qn("w:numPr")) if properties is not None else None
    if mark is None:
        return None
    number = _value(mark, "w:numId", "0")
    return number, int(_value(mark, "w:ilvl", "0"))


def _value(parent: Any, tag: str, default: str) -> str:
    node = parent.find(qn(tag))
    return default if node is None else str(node.get(qn("w:val"), default))
