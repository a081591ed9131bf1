"""Evaluations: a snapshot, passages that a person edits, frozen with the Word file; and what is made public."""

import hashlib
import json
from datetime import date
from typing import Any
from uuid import UUID

from chengyun.kernel.access import require
from chengyun.kernel.action import action
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.files.actions import attach, store
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid, NotFound
from chengyun.plans import around, events
from chengyun.plans.actions.common import is_executable
from chengyun.plans.actions.moving import Turn, effect, tells
from chengyun.plans.evaluation import CODES, Block, draft_blocks, report_docx
from chengyun.plans.models import Document, Evaluation, EvaluationBlock, Publication
from chengyun.plans.queries.publicity import public_content
from chengyun.plans.queries.snapshots import snapshot_of

tells("plan_evaluation", events.EvaluationMoved, "digest")
tells("plan_publication", events.PublicationMoved)


@action
def evaluate_document(document: Document, kind: str, title: str, as_of: date, *, actor: Actor) -> Evaluation:
    """Begin an evaluation 评估: take the snapshot and draft the passages. `kind`: yearly, mid_term, final."""
    require(actor, "plans.write", at=document)
    if kind not in Evaluation.Kind.values:
        raise Invalid("plans.kind_wrong", "kind: yearly, mid_term or final", field="kind")
    if not is_executable(document):
        raise Conflict("plans.not_in_force", "a draft is read, not executed: nothing to evaluate",
                       current=document.state_now())  # fmt: skip
    _reckonable(document, as_of)
    row = Evaluation(
        town_id=document.town_id, document=document, kind=kind, title=title.strip()[:200] or document.title[:200],
        as_of=as_of, snapshot=snapshot_of(document, as_of), made_at=now(),
    )  # fmt: skip
    row.save(force_insert=True)
    _draft(row)
    record(events.EvaluationMade(kind, as_of), row, actor)
    return row


def _reckonable(document: Document, as_of: date) -> None:
    """Raise Invalid for a day of which nothing can be said: one to come, or one before the plan begins."""
    if as_of > around.today(now()):
        raise Invalid("plans.date_ahead", "as_of: lies in the future", field="as_of")
    if document.starts_on is not None and as_of < document.starts_on:
        raise Invalid("plans.before_start", "as_of: before the period of the plan", field="as_of")


def _draft(evaluation: Evaluation) -> None:
    """The passages from the snapshot; what a person edited stays as it is."""
    drafted = draft_blocks(evaluation.snapshot)
    kept = {block.code: block for block in evaluation.blocks.all()}
    for position, code in enumerate(CODES):
        block = kept.get(code) or EvaluationBlock(evaluation=evaluation, code=code, position=position)
        block.drafted = drafted[code]
        block.text = block.text if block.edited_by else drafted[code]
        block.save()


@effect("plan_evaluation", "reckon_again")
def _reckon_again(turn: Turn) -> None:
    evaluation = turn.thing
    evaluation.snapshot = snapshot_of(evaluation.document, evaluation.as_of)
    _draft(evaluation)
    turn.facts["digest"] = digest_of(evaluation.snapshot)


@effect("plan_evaluation", "edit")
def _edit(turn: Turn) -> None:
    block = turn.thing.blocks.filter(code=turn.given["block"]).first()
    if block is None:
        raise NotFound("plans.no_block", "block: this report has no such passage", field="given.block")
    block.text, block.edited_by = turn.given["text"], turn.actor.actor_id
    block.save()
    turn.facts["digest"] = digest_of(turn.thing.snapshot)


@effect("plan_evaluation", "freeze")
def _freeze(turn: Turn) -> None:
    """The file as it is now is the report: kept, tied to the evaluation, and never made anew."""
    evaluation = turn.thing
    file = store(word_of(evaluation), actor=turn.actor, purpose="attachment")
    attach([UUID(str(file.uuid))], evaluation, actor=turn.actor)
    evaluation.file, evaluation.frozen_at = file.uuid, turn.moment
    turn.facts["digest"] = digest_of(evaluation.snapshot)


def word_of(evaluation: Evaluation) -> bytes:
    """The report as a Word file, from the snapshot and the passages as they stand."""
    blocks = [Block(b.code, b.text) for b in evaluation.blocks.order_by("position")]
    return report_docx(evaluation.kind, evaluation.snapshot, blocks)


def digest_of(snapshot: dict[str, Any]) -> str:
    """SHA-256 of a snapshot: who has the report can prove which figures it was made from."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@action
def publish(document: Document, title: str, *, actor: Actor) -> Publication:
    """Make plan and progress of a document public 信息公开; what was public of it before is replaced.

    Raises Conflict for a document that is not open to the public, or not in force.
    """
    require(actor, "plans.publish", at=document)
    if document.openness != "public" or not is_executable(document):
        raise Conflict("plans.not_public", "only a document in force whose openness is public is made public",
                       current=document.state_now())  # fmt: skip
    content = public_content(document)
    moment = now()
    Publication.objects.as_system("replaced by a newer one").filter(document=document, state="published").update(
        state="withdrawn", withdrawn_at=moment
    )
    row = Publication(town_id=document.town_id, document=document, title=title.strip()[:300] or document.title,
                      content=content, published_at=moment)  # fmt: skip
    row.save(force_insert=True)
    told = events.Published(str(document.uuid), len(content["tasks"]), len(content["targets"]))
    record(told, row, actor)
    return row


@effect("plan_publication", "withdraw")
def _withdraw(turn: Turn) -> None:
    turn.thing.withdrawn_at = turn.moment
