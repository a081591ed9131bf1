"""What a reading says about the document itself: title, issuer, period, headings, upstream documents, open matters."""

from typing import Any

from chengyun.kernel.actor import Actor
from chengyun.plans.models import Clause, Document, Party, Question, Reading, Stage, Upstream
from chengyun.plans.rules.dates import first_day, last_day
from chengyun.plans.rules.items import spans_of, stage_of

_STATES = {"draft": "draft", "consultation": "consultation"}


def settle_meta(document: Document, reading: Reading, result: dict[str, Any], actor: Actor) -> None:
    """Take over what the document says of itself, except what a person corrected or what is in force already."""
    said = {
        "title": (result["title"] or "")[:300] or None, "kind": result["kind"],
        "issuer": "、".join(result["issuer"])[:300], "number": (result["doc_no"] or "")[:80],
        "dated": last_day(result["date"]), "starts_on": first_day(_text(result["plan_start"])),
        "ends_on": last_day(_text(result["plan_end"])), "year": result["plan_year"],
    }  # fmt: skip
    for name, value in said.items():
        if name not in document.corrected and value not in (None, ""):
            setattr(document, name, value)
    if document.starts_on and document.ends_on and document.ends_on < document.starts_on:
        document.starts_on = None
    if reading.number == 1 and document.state == "draft":
        document.state = _STATES.get(result["status"], "draft")
    if result["openness"] and "openness" not in document.corrected and reading.made_by == actor.actor_id:
        document.openness = result["openness"]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def clauses_of(document: Document, reading: Reading) -> list[Clause]:
    """The headings of a reading as rows, in order of place."""
    path: list[str] = []
    rows = []
    for number, heading in enumerate(reading.result["headings"]):
        spans = spans_of(heading)
        if not spans:
            continue
        level = max(1, min(int(heading["level"]), 9))
        path = [*path[: level - 1], heading["title"]]
        rows.append(Clause(
            document=document, reading=reading.number, number=number, level=level, label=heading["label"][:40],
            title=heading["title"][:300], path=path, start=spans[0][0], end=spans[-1][1],
        ))  # fmt: skip
    Clause.objects.filter(document=document, reading=reading.number).delete()
    Clause.objects.bulk_create(rows)
    return list(Clause.objects.filter(document=document, reading=reading.number).order_by("start"))


def keep_upstream(document: Document, result: dict[str, Any]) -> None:
    """Documents that this one names; those that are here too are tied by number or title."""
    for one in result["upstream"][:50]:
        title, number = one["title"][:300], (one["doc_no"] or "")[:80]
        rows = Document.objects.as_system("documents of the town that another names").filter(town_id=document.town_id)
        others = rows.exclude(pk=document.pk)
        above = (number and others.filter(number=number).first()) or others.filter(title=title).first()
        values = {"number": number}
        Upstream.objects.update_or_create(
            document=document, title=title, defaults=values, create_defaults=values | {"above": above}
        )


def keep_stages(document: Document, result: dict[str, Any]) -> None:
    """The stages of the plan as a whole, as the new version has them."""
    Stage.objects.filter(document=document).delete()
    Stage.objects.bulk_create(
        Stage(document=document, position=n, **stage_of(stage)) for n, stage in enumerate(result["stages"])
    )


def keep_questions(document: Document, reading: Reading, result: dict[str, Any]) -> int:
    """Open matters: what the compiler lists, and units of tasks that are nobody known. Returns how many are open.

    What was asked by an earlier reading with the same words and is settled stays settled.
    """
    known = set(Question.objects.filter(document=document).values_list("code", "words"))
    Question.objects.filter(document=document, state="open").exclude(code__startswith="version.").update(
        reading=reading.number
    )
    rows = [
        Question(
            document=document, reading=reading.number, code=one["code"][:40], detail=one["detail"][:300],
            words=one["words"][:300], spans=spans_of(one),
        )
        for one in result["not_understood"]
    ]  # fmt: skip
    parties = Party.objects.filter(task__document=document).exclude(question="").select_related("task")
    rows += [
        Question(
            document=document, reading=reading.number, task=party.task, code=party.question, words=party.words,
            spans=party.spans,
        )
        for party in parties.order_by("task__position", "position")
    ]  # fmt: skip
    fresh = {(row.code, row.words): row for row in rows if (row.code, row.words) not in known}
    Question.objects.bulk_create(fresh.values())
    return Question.objects.filter(document=document, state="open").count()
