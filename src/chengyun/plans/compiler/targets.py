"""Targets, achievements and parameters from sentences: each number with its object, comparison, unit and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chengyun.plans.compiler.comparators import Comparison, compare, less_is_better, low_share
from chengyun.plans.compiler.context import Context
from chengyun.plans.compiler.dates import When, dates
from chengyun.plans.compiler.derived import Derived, derived
from chengyun.plans.compiler.healed import Healed
from chengyun.plans.compiler.looking_back import is_completed, is_done, looks_back, named_by_past, turns, wishes
from chengyun.plans.compiler.model import Field, Target, quoted
from chengyun.plans.compiler.naming import named_by, with_population
from chengyun.plans.compiler.numbers import Quantity, quantities
from chengyun.plans.compiler.phrases import Head, Phrase, phrase
from chengyun.plans.compiler.respective import Share, shares
from chengyun.plans.compiler.sections import CONTEXT, FRAME, PAST
from chengyun.plans.compiler.traps import Place, is_parameter, quoted_ranges, trap

_SENTENCE = re.compile(
    r"[^。！？]{1,1500}(?:(?<=[，；、])|[。！？]|$)|[^。！？]{1,1500}[。！？]?"
)  # endless ones are cut at a mark
_CLAUSE = re.compile(r"[，；：。！？]")
_FROM = re.compile(r"(?:从|由)(?:[^，。；]{0,10}年的?|目前的?|原来?的?|现在的?|基期的?)?$")
_TO = re.compile(
    r"^(?:[^，。；]{0,8})?(?:增加|提高|提升|上升|增长|扩大|下降|降低|减少|缩短|压缩|缩减|升|降|增)?(?:到|至|为)(?:约|近)?$"
)
_HOPED = re.compile(
    r"[\u4e00-\u9fff]{0,4}[，、；]?(?:并|全力|努力)?(?:力争|争取|冲刺|挑战|奋力)(?:实现|完成|达到?|突破|增长|增速|到|超过|引进|新增|净增)*"
)
_OF_THEM = re.compile(r"[^，；：。！？]*(?:，其中[^，；：。！？]*)?")
_NEVER = frozenset(("ordinal", "age", "chinese", "abstract", "explained", "rule"))
_TURNING = frozenset(("rate", "density", "ratio"))  # a bare amount of dust or the like is a limit


@dataclass(slots=True)
class Setting:
    """Where a paragraph stands: its tense, the box, the project of the box, the date of its task."""

    tense: str
    box: str = ""
    project: str = ""
    due: str | None = None
    page: int = 1


@dataclass(slots=True)
class _Sentence:
    body: Healed
    whens: list[When]
    lead: When | None
    found: list[Target] = field(default_factory=list)
    last: Field[str] | None = None
    existing: int | None = None


class SentenceReader:
    """Reads paragraphs one after another. The subject of a sentence is kept for the clauses after it."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def read(self, body: Healed, setting: Setting) -> list[Target]:
        """All measurable results of a paragraph, of every kind; see `Target.kind`."""
        out: list[Target] = []
        lead: When | None = None
        subject: Field[str] | None = None
        for match in _SENTENCE.finditer(body.norm):
            self.context.clock.check()
            sentence = body[match.start() : match.end()]
            whens = dates(sentence.norm, self.context.calendar)
            lead = _lead(sentence.norm, whens) or lead
            state = _Sentence(sentence, whens, lead, last=subject)
            self._sentence(state, setting)
            out += state.found
            subject = state.last if state.found else subject
        return out

    def _sentence(self, state: _Sentence, setting: Setting) -> None:
        norm = state.body.norm
        names = quoted_ranges(norm)
        masked = [(when.at, when.end) for when in state.whens if _is_date(when)] + names
        found = quantities(norm, masked)
        heads = _heads(norm, found)
        kinds = [self._kind(state, setting, heads, place) for place in range(len(heads))]
        kept = [head for head, kind in zip(heads, kinds, strict=True) if kind is not None]
        given = shares(norm, kept)
        for place, kind in enumerate(kind for kind in kinds if kind is not None):
            self._add(state, setting, kept, place, kind)
            if place in given:
                _give(state, given[place])
        self._implied(state, setting, found, names)

    def _add(self, state: _Sentence, setting: Setting, heads: Sequence[Head], place: int, kind: str) -> None:
        words = phrase(state.body.norm, heads, place, _after_dates(state.whens, heads[place].quantity.start))
        compared = compare(words.pre, words.post)
        target = self._made(state, setting, heads[place], words, compared, kind)
        if kind == "achievement":
            self._past_date(target, setting)
        before = state.found[-1] if state.found and place else None
        if (
            before is not None
            and before.comparator == "="
            and not compared.explicit
            and words.pre.strip(" 、和及与") == ""
        ):
            target.comparator = "="
        between = state.body.norm[heads[place - 1].quantity.end : heads[place].start] if place else ""
        if before is not None and words.inherits and _raises(before, target, between):
            target.kind, target.object, target.indicator = "candidate", before.object, before.indicator
            target.question = f"a higher level of one target: {before.text.value} is what it promises"
        state.last = target.object
        state.found += self._shared(target, words, state)

    def _kind(self, state: _Sentence, setting: Setting, heads: Sequence[Head], place: int) -> str | None:
        """What a quantity is, None for what is no result at all."""
        norm, quantity = state.body.norm, heads[place].quantity
        words = phrase(norm, heads, place, _after_dates(state.whens, quantity.start))
        joins = state.existing is not None and _OF_THEM.fullmatch(norm, state.existing, quantity.start) is not None
        spot = Place(norm, quantity, words.pre, words.post, bool(setting.project), joins, words.leads)
        reason = trap(spot)
        told = setting.tense in {PAST, CONTEXT} and quantity.kind == "money" and not setting.project
        if is_parameter(spot) and not told and reason not in _NEVER:
            return "parameter"
        if reason == "existing":
            state.existing = quantity.end
            return "fact"
        if reason is not None:
            return "candidate" if reason == "attribute" and re.match("半径|范围", spot.post) else None
        return self._told(state, setting, quantity)

    def _told(self, state: _Sentence, setting: Setting, quantity: Quantity) -> str:
        """Target or achievement, by the tense of the section and the words of the sentence."""
        if setting.tense in {PAST, CONTEXT} or self._is_past(state, quantity):
            return "achievement"
        return "fact" if setting.tense == FRAME and not wishes(state.body.norm) else "target"

    def _is_past(self, state: _Sentence, quantity: Quantity) -> bool:
        """A sentence of a plan that looks back: 已建成 …, or a year before the plan and none after it."""
        norm = state.body.norm
        if named_by_past(norm, quantity.start):
            return not is_completed(norm, quantity.end)
        if is_done(norm, quantity.end):
            return True
        first = self.context.calendar.start
        when = _near(state.whens, quantity)
        dated = when.last[:4] if when is not None and when.last else ""
        told = looks_back(norm, quantity.end)
        if told is not None:
            return not (first and when is not None and when.at >= told and dated >= first[:4])
        return bool(first and when and dated and dated < first[:4] and not turns(norm, when.end, quantity.start))

    def _made(
        self, state: _Sentence, setting: Setting, head: Head, words: Phrase, compared: Comparison, kind: str
    ) -> Target:
        body, quantity = state.body, head.quantity
        named, indicator = named_by(body, quantity, words, state.last, state.whens)
        unit, norm_unit = with_population(words, quantity)
        target = Target(
            kind,
            named,
            indicator or named.value,
            quoted(body[words.clause[0] : words.clause[1]].stripped()),
            compared.sign,
            compared.explicit,
            quantity.value,
            quantity.value_max,
            unit,
            quantity.norm,
            quantity.norm_max,
            norm_unit,
        )
        target.number = quoted(body[quantity.start : quantity.end])
        target.approx = quantity.vague or compared.approx
        target.floor = compared.floor
        target.placeholder = quantity.placeholder
        target.project = setting.project
        target.confidence = 0.9 if compared.explicit or not quantity.chinese else 0.75
        low = low_share(indicator) if quantity.kind == "ratio" else less_is_better(indicator)
        if not compared.explicit and quantity.kind in _TURNING and low:
            target.comparator = "<="
        if head.baseline is not None:
            target.baseline, target.baseline_unit = head.baseline.value, head.baseline.unit
        if quantity.value is None:
            target.question = "the document leaves this number open: which one is right?"
            self.context.ask("target.open", target.question, body[words.clause[0] : words.clause[1]])
        self._date(target, state, setting, quantity.start, quantity.end)
        return target

    def _date(self, target: Target, state: _Sentence, setting: Setting, start: int, end: int) -> None:
        """The date of a target: the nearest before it, else one after it in its clause, else the task's, the plan's."""
        calendar = self.context.calendar
        since = (calendar.start or calendar.issued) if target.kind == "target" else None
        whens = _ahead([*state.whens], since)
        lead = _ahead([state.lead] if state.lead is not None else [], since)
        when = _near_at(whens, state.body.norm, start, end) or next(iter(lead), None)
        recurring = next(
            (
                w
                for w in state.whens
                if w.kind == "recurring" and w.at < start and _same_clause(state.body.norm, w.end, start)
            ),
            None,
        )
        if recurring is not None:
            target.recurrence = recurring.every
        if when is not None and when.last is not None:
            target.by = when.last[:7]
            target.period_from = when.first[:7] if when.first and when.kind == "range" else None
        else:
            target.by = setting.due or (calendar.end or "")[:7] or None
            target.by_inherited = True

    def _past_date(self, target: Target, setting: Setting) -> None:
        """What was done is dated by its own words, else by the last year before the plan."""
        start = self.context.calendar.start
        if start and (target.by_inherited or (target.by or "") >= start):
            target.by = str(int(start[:4]) - 1) if setting.tense == PAST else None
            target.by_inherited = True

    @staticmethod
    def _shared(target: Target, words: Phrase, state: _Sentence) -> Iterator[Target]:
        """A率、B率均达到 90% is one target for each subject."""
        if not words.subjects:
            yield target
            return
        for start, end in words.subjects:
            own = state.body[start:end].stripped()
            copy = Target(**{name: getattr(target, name) for name in Target.__slots__})
            copy.object, copy.indicator = quoted(own, 0.85), own.text
            yield copy

    def _implied(
        self, state: _Sentence, setting: Setting, found: Sequence[Quantity], names: Sequence[tuple[int, int]]
    ) -> None:
        for one in derived(state.body.norm):
            inside = any(one.start <= quantity.start < one.end and quantity.kind == "ratio" for quantity in found)
            named = any(start < one.start and one.end < end for start, end in names)
            if inside or named:
                continue
            target = self._from_derived(one, state, setting)
            if target is not None:
                state.found.append(target)

    def _from_derived(self, one: Derived, state: _Sentence, setting: Setting) -> Target | None:
        if setting.tense == FRAME:
            return None
        body = state.body
        thing = body[one.object[0] : one.object[1]].stripped()
        target = Target(
            "target",
            quoted(thing, 0.75),
            thing.text,
            quoted(body[one.start : one.end].stripped()),
            one.comparator,
            one.explicit,
            one.value,
            None,
            one.unit,
            one.value,
            None,
            one.unit,
        )
        target.derived, target.reference, target.recurrence = one.derived, one.reference, one.recurrence
        target.confidence = 0.75 if one.sure else 0.4
        past = setting.tense in {PAST, CONTEXT} or looks_back(body.norm, one.end) is not None
        target.kind = "achievement" if past else "target" if one.sure else "candidate"
        if one.reference:
            target.question = f"compared with {one.reference}: this series has to be entered"
            if target.kind == "target":
                self.context.ask("target.reference", target.question, body[one.start : one.end])
        self._date(target, state, setting, one.start, one.end)
        return target


def _raises(before: Target, target: Target, between: str) -> bool:
    """确保15个、力争18个 is one target: the first number is the promise, the second what one hopes for."""
    hoped = _HOPED.fullmatch(between) is not None
    return hoped and before.kind == "target" == target.kind and before.norm_unit == target.norm_unit


def _give(state: _Sentence, share: Share) -> None:
    """Puts the subject or the year that 分别 gives in place of what the last target took from its clause."""
    target = state.found[-1]
    if share.subject is not None:
        thing = state.body[share.subject[0] : share.subject[1]].stripped()
        target.object, target.indicator = quoted(thing, 0.85), thing.text
    else:
        target.by, target.by_inherited = share.year, False


def _is_date(when: When) -> bool:
    """False for what looks like a date but counts: 每月 has no figure, 3个工作日以内 is a limit."""
    return when.kind != "recurring" and not ((when.kind == "relative" and "日" in when.words) or "天" in when.words)


def _lead(norm: str, whens: Sequence[When]) -> When | None:
    """到2025年：… dates the whole paragraph."""
    for when in whens:
        if when.last and when.at <= 6 and re.match(r"(?:末|底|时)?[：，]", norm[when.end :]):
            return when
    return None


def _after_dates(whens: Sequence[When], start: int) -> int:
    """Where the last date before a number ends: the words of its subject begin there at the earliest."""
    return max((when.end for when in whens if when.end <= start and _is_date(when)), default=0)


def _ahead(whens: list[When], since: str | None) -> list[When]:
    """Dates that a target can have: none from before the plan (2000年底前建成的小区)."""
    return [
        when
        for when in whens
        if not (since and when.last and (when.last if len(when.last) > 4 else f"{when.last}-12") < since)
    ]


def _near(whens: Sequence[When], quantity: Quantity) -> When | None:
    before = [when for when in whens if when.end <= quantity.start and when.last and not when.base]
    return before[-1] if before else None


def _near_at(whens: Sequence[When], norm: str, start: int, end: int) -> When | None:
    dated = [when for when in whens if when.last and when.kind != "recurring" and not when.base]
    named = named_by_past(norm, start)
    before = [
        when
        for when in dated
        if when.at <= start
        and not _bracketed_apart(norm, when.at, start)
        and not (named and _same_clause(norm, when.end, start))
    ]
    after = [when for when in dated if when.at >= end and when.ends and _same_clause(norm, end, when.at)]
    if after and before and not _same_clause(norm, before[-1].end, start):
        return after[0]
    return before[-1] if before else after[0] if after else None


def _bracketed_apart(norm: str, date: int, start: int) -> bool:
    """A date inside a bracket that closed before the number is about what stands in the bracket."""
    opened, closed = norm.rfind("（", 0, date), norm.find("）", date, start)
    return opened >= 0 and closed >= 0 and norm.find("）", opened, date) < 0


def _same_clause(norm: str, start: int, end: int) -> bool:
    return _CLAUSE.search(norm, start, end) is None


def _heads(norm: str, found: Sequence[Quantity]) -> list[Head]:
    """Quantities, each with the number that it started from where the words give one."""
    out: list[Head] = []
    baseline: Quantity | None = None
    for place, quantity in enumerate(found):
        if baseline is None and place + 1 < len(found) and _is_baseline(norm, quantity, found[place + 1]):
            baseline = quantity
            continue
        out.append(Head(quantity, baseline))
        baseline = None
    return out


def _is_baseline(norm: str, first: Quantity, second: Quantity) -> bool:
    """从30.62亿元增加到43.82亿元: the first number is where the second comes from."""
    return _FROM.search(norm[: first.start]) is not None and _TO.match(norm[first.end : second.start]) is not None
