"""What a number is about: its own words, the clause before it, or the subject that the sentence keeps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chengyun.plans.compiler.dates import When
from chengyun.plans.compiler.healed import Healed, heal, joined
from chengyun.plans.compiler.model import Field, quoted
from chengyun.plans.compiler.numbers import Quantity
from chengyun.plans.compiler.phrases import Phrase, clause_start
from chengyun.plans.compiler.topics import topic

_PER = re.compile(
    r"每(?P<unit>[百千万]名?[\u4e00-\u9fff]{0,6}?|百户|十万)(?:人口?|老人|老年人|户籍老人|常住人口)?(?=[（(]|拥有|常住|户籍|人|老|[，。；]|$)"
)


def named_by(
    body: Healed, quantity: Quantity, words: Phrase, last: Field[str] | None, whens: Sequence[When]
) -> tuple[Field[str], str]:
    """The object and the indicator of a number of the sentence `body`; `last` is the subject kept so far."""
    inherited = last if words.inherits else None
    alone = words.inherits and inherited is None and words.clause[0] < words.object[0]
    thing = body[words.clause[0] if alone else words.object[0] : words.object[1]].stripped()
    begin = clause_start(body.norm, quantity.start)
    dated = _before_date(body[begin : quantity.start].norm, whens, begin) if alone else 0
    about = None if dated else topic(body.norm, begin, "" if alone else thing.norm)
    if dated:
        thing = body[begin : begin + dated]
    elif about is not None:
        step = body[quantity.start : quantity.start] if alone else thing
        thing = joined([body[about[0] : about[1]], step])
    if inherited is not None:
        named = _continued(inherited, thing, words.object == (quantity.start, quantity.end))
        return named, named.value
    return quoted(thing, 0.85), thing.text if dated or about else words.indicator


def _continued(before: Field[str], thing: Healed, bare: bool) -> Field[str]:
    """The subject of the clause before, with what this clause adds to it: 每座, 增长."""
    if bare or before.value.endswith(thing.text):
        return before
    words = heal(thing.source, [(span.start, span.end) for span in before.spans])
    return quoted(joined([words, thing]), 0.8)


def _before_date(clause: str, whens: Sequence[When], begin: int) -> int:
    """How much of a clause names its subject before a date: 利用率到2027年达到60% gives 3; 0 for none."""
    first = next((when.at - begin for when in whens if begin < when.at < begin + len(clause)), 0)
    named = clause[:first].rstrip("到在于至")
    return len(named) if len(named) > 2 else 0


def with_population(words: Phrase, quantity: Quantity) -> tuple[str, str]:
    """每千人 … 4.5个 has the unit 个/千人."""
    match = _PER.search(words.before)
    if match is None or quantity.kind == "ratio":
        return quantity.unit, quantity.norm_unit
    scale = re.match(r"[百千万十]+", match["unit"])
    per = f"/{scale[0] if scale else ''}{'户' if '户' in match['unit'] else '人'}"
    return quantity.unit + per, quantity.norm_unit + per
