"""The words around a number: its clause, what it counts, what it says about whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chengyun.plans.compiler.comparators import compare
from chengyun.plans.compiler.numbers import Quantity

_END = re.compile(r"[，。；：！？]")
LEAD = re.compile(
    r"^(?:以上的?|以下的?|以内的?|左右的?|其中|并|同时|力争|确保|全面|全力|累计|共(?![享建治同用创富管])计?|合计|约(?![谈束定])|近|分别|计划|（|预计|争取|努力|积极|持续|继续|加快|着力|进一步|推进|推动|实现|完成|建成(?!区)|开展|实施|落实|"
    r"达(?![标产])到?|至少|不少于|动态|配合|按照|合理|布局|选取|推荐|申报|将|为(?![老民农企侨])|把(?![握关控脉])|对(?![口外标照])|在(?![建园校职岗册线编])|使(?!用)|让|的|和(?![谐美睦])|及|等(?!级)|年内|全年|当年|今年)+"
)
_TRAIL = re.compile(
    r"(?:同比|共计?|合计|总计|累计|分别|均|由|从|已经?|(?<![签履合公违特节集])约|近|达到?|为|是|至|到|占|有|等|的|不低于|不少于|至少|保持|稳定|控制|在|力争|确保|超过|以上|高于|低于|[（“])+$"
)
_GROWTH = re.compile(
    r"^(?:年均|累计|同比|每年|年|平均|其中)*(?:增长|增速|增幅|下降|降低|提高|减少|增长率|增长速度|下降率|占比|比例|比重|完成率|达标率|增加)*(?:率|达到?|约|为|分别)*$"
)
_EACH = re.compile(
    r"^(?:每(?:[户人家名个次处座幢栋所间条张台套支期场批组村居镇街片站点块项份盏根口辆]|年|月|周|日|天|季度|半年|社区|居村|村|镇|街道|单位)|[两三四五]年(?:内|来|期间)?|各|平均|均|原则上|频次|次数|一般)+$"
)
_DONE = re.compile(r"(?:继续|再|新|各)*(?:建设|新建|新增|完成|改造|实施|扩建|创建|培训|办理|达标)$")
_WORK = re.compile(r"(?:的)?(?:建设|改造|整治|修复|修缮|新建|施工|铺设|治理|提升)(?:工作|任务|工程)?")
_SUBJECTS = re.compile(
    r"((?:[^，。；：、“”]|“[^”]*”)+(?:、(?:[^，。；：、“”]|“[^”]*”)+)*(?:和|与|及|、)(?:[^，。；：、“”]|“[^”]*”)+?)(?:均|都|全部)(?:达到?|为|保持|稳定|不低于|超过|实现|在)*$"
)
_PART = re.compile(r"、|(?<=[率度量值比例重数额])(?:和|与|及)(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Head:
    """A quantity, and the one that it started from (从30.62亿元增加到43.82亿元)."""

    quantity: Quantity
    baseline: Quantity | None = None

    @property
    def start(self) -> int:
        return self.baseline.start if self.baseline else self.quantity.start


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words around a quantity. Ranges are in the sentence; `pre` and `post` reach to the marks around it.

    `leads`: another number follows in the same clause, with only a noun between (年产值10亿元企业8家).
    """

    pre: str
    post: str
    before: str
    clause: tuple[int, int]
    object: tuple[int, int]
    indicator: str
    inherits: bool
    subjects: tuple[tuple[int, int], ...] = ()
    leads: bool = False


def phrase(norm: str, heads: Sequence[Head], place: int, earliest: int = 0) -> Phrase:
    """The phrase of quantity `place` of a sentence; its subject begins at `earliest` (after a date) or later."""
    quantity, start = heads[place].quantity, heads[place].start
    begin = clause_start(norm, start)
    floor = max(begin, earliest, _previous_end(norm, heads, place, begin))
    stop = _clause_end(norm, quantity.end)
    ceiling = min(stop, _next_start(norm, heads, place, stop))
    pre, post = norm[floor : quantity.start], norm[quantity.end : ceiling]
    compared = compare(pre, post)
    subject = _trim(norm, floor, start if start < quantity.start else quantity.start - min(compared.cut, len(pre)))
    rest = _rest(norm, quantity.end + compared.skip, ceiling)
    thing, inherits = _object(norm, quantity, subject, rest)
    words = norm[subject[0] : subject[1]] + norm[rest[0] : rest[1]]
    inherits = inherits or not words
    if inherits:
        begin = clause_start(norm, max(0, begin - 1))
    return Phrase(
        pre,
        post,
        norm[begin : quantity.start],
        (begin, max(stop, quantity.end)),
        thing,
        words or norm[thing[0] : thing[1]],
        inherits,
        _subjects(norm, floor, quantity.start),
        ceiling < stop and "、" not in norm[quantity.end : ceiling + 1],
    )


def clause_start(norm: str, place: int) -> int:
    """Where the clause of this place begins."""
    marks = [match.end() for match in _END.finditer(norm, 0, place)]
    return marks[-1] if marks else 0


def _clause_end(norm: str, place: int) -> int:
    match = _END.search(norm, place)
    return match.start() if match else len(norm)


def _previous_end(norm: str, heads: Sequence[Head], place: int, begin: int) -> int:
    """Where the words of the quantity before end: after it, or after the 、 that follows its noun."""
    if place == 0 or heads[place - 1].quantity.end <= begin:
        return begin
    end = heads[place - 1].quantity.end
    comma = norm.rfind("、", end, heads[place].start)
    return comma + 1 if comma >= 0 else end


def _next_start(norm: str, heads: Sequence[Head], place: int, stop: int) -> int:
    """Where the words of a quantity end: before the 、 of the next or at the next number; a chain shares its noun."""
    if place + 1 >= len(heads) or heads[place + 1].start >= stop:
        return stop
    end, following = heads[place].quantity.end, heads[place + 1].start
    comma = norm.rfind("、", end, following)
    if comma >= 0:
        return comma
    return stop if following == end else following


def _trim(norm: str, start: int, end: int) -> tuple[int, int]:
    """The subject before a number, without verbs in front and particles behind; nothing when only verbs stand there."""
    match = LEAD.match(norm[start:end])
    left = start + match.end() if match else start
    trail = _TRAIL.search(norm[left:end])
    right = left + trail.start() if trail else end
    return (left, right) if left < right else (end, end)


def _rest(norm: str, start: int, end: int) -> tuple[int, int]:
    while start < end and norm[start] in "的、，）” ":
        start += 1
    if norm[start:end] in {"大关", "关口"}:
        return end, end
    bracket = norm.find("（", start, end)
    end = bracket if bracket >= 0 else end
    while end > start and norm[end - 1] in "和及与、并":
        end -= 1
    return start, end


def _object(
    norm: str, quantity: Quantity, subject: tuple[int, int], rest: tuple[int, int]
) -> tuple[tuple[int, int], bool]:
    """What the number is about: the noun after a counting unit, else the subject before it."""
    before, after = norm[subject[0] : subject[1]], norm[rest[0] : rest[1]]
    generic = any(form.match(before) is not None for form in (_GROWTH, _EACH, _DONE))
    done = not generic and before and _WORK.fullmatch(after) is not None
    if quantity.kind in {"count", "area", "length", "volume"} and len(after) > 1 and not done:
        return _noun(norm, rest), False
    if before and not generic:
        return subject, False
    if len(after) > 1:
        return _noun(norm, rest), False
    return (subject, True) if before else ((quantity.start, quantity.end), True)


def _noun(norm: str, rest: tuple[int, int]) -> tuple[int, int]:
    """The words after a number up to the next number of a chain (16幢1310套…改造工作)."""
    match = re.match(r"(?:\d[\d.,]*\s?[\u4e00-\u9fff%]{1,2})+", norm[rest[0] : rest[1]])
    return (rest[0] + match.end(), rest[1]) if match and rest[0] + match.end() < rest[1] else rest


def _subjects(norm: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """A率、B率均达到: the ranges of both subjects."""
    match = _SUBJECTS.search(norm[start:end])
    if match is None or not re.search(r"[率度量值比例重数额]", match[1]):
        return ()
    begin = start + match.start(1)
    cuts = [(begin + cut.start(), begin + cut.end()) for cut in _PART.finditer(match[1])]
    if not cuts:
        return ()
    starts = [begin, *(cut_end for _, cut_end in cuts)]
    ends = [*(cut_start for cut_start, _ in cuts), start + match.end(1)]
    return tuple((a, b) for a, b in zip(starts, ends, strict=True) if b - a > 1)
