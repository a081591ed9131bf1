"""The document as JSON: the field names of the labels, and everything else beside them."""

from __future__ import annotations

from typing import Any

from chengyun.plans.compiler.document import Document
from chengyun.plans.compiler.model import Deadline, Field, Group, Party, Post, Project, Stage, Target, Task


def to_json(document: Document) -> dict[str, Any]:
    """Plain data, ready for `json.dumps`. `span` is [start, end] of the document's text; `spans` all its ranges."""
    of_task: dict[int, list[int]] = {}
    for index, target in enumerate(document.targets):
        if target.task is not None and target.kind == "target":
            of_task.setdefault(target.task, []).append(index)
    return {
        "format": document.source.format,
        "pages": len(document.source.pages),
        "characters": len(document.text),
        **_meta(document),
        "tasks": [_task(task, document, of_task.get(index, [])) for index, task in enumerate(document.tasks)],
        "targets": [_target(target) for target in document.targets],
        "projects": [_project(project) for project in document.projects],
        "stages": [_stage(stage) for stage in document.stages],
        "posts": [_post(post) for post in document.posts],
        "groups": [_group(group) for group in document.groups],
        "headings": [
            {"label": h.label, "title": h.title.text, "level": len(h.path), **_where_raw(h.title.spans())}
            for h in document.headings
        ],
        "not_understood": [
            {"code": q.code, "detail": q.detail, "words": q.words.words, **_where(q.words)} for q in document.questions
        ],
        "warnings": [remark.detail for remark in document.source.warnings],
    }


def _meta(document: Document) -> dict[str, Any]:
    meta = document.meta
    return {
        "title": _value(meta.title),
        "kind": meta.kind,
        "status": meta.status,
        "openness": meta.openness,
        "issuer": [one.value for one in meta.issuer],
        "doc_no": _value(meta.number),
        "date": _value(meta.date),
        "plan_year": meta.year,
        "plan_start": meta.start,
        "plan_end": meta.end,
        "upstream": [{"title": up.title.value, "doc_no": up.number, **_where(up.title)} for up in meta.upstream],
        "evidence": {
            name: _shown(one)
            for name, one in (
                ("title", meta.title),
                ("doc_no", meta.number),
                ("date", meta.date),
                ("period", meta.period),
            )
            if one is not None
        },
    }


def _value(one: Field[str] | None) -> str | None:
    return one.value if one is not None else None


def _where_raw(spans: Any) -> dict[str, Any]:
    pieces = [[span.start, span.end] for span in spans]
    return {"span": [pieces[0][0], pieces[-1][1]] if pieces else None} | ({"spans": pieces} if len(pieces) > 1 else {})


def _where(one: Field[Any]) -> dict[str, Any]:
    return _where_raw(one.spans)


def _shown(one: Field[Any] | None) -> dict[str, Any] | None:
    if one is None:
        return None
    out = {"value": one.value, "words": one.words, "confidence": one.confidence, **_where(one)}
    return out | ({"inferred": True} if one.inferred else {}) | ({"note": one.note} if one.note else {})


def _party(party: Party) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": party.name.value,
        "unit": party.unit,
        "confidence": party.name.confidence,
        **_where(party.name),
    }
    if party.lead:
        out |= {"lead": True, "lead_inferred": party.inferred}
    return out | ({"generic": True} if party.generic else {}) | ({"question": party.question} if party.question else {})


def _due(due: Deadline) -> dict[str, Any]:
    return {
        "rule": due.rule,
        "day": due.day,
        "every": due.every,
        "event": due.event,
        "months": due.months,
        "before_issue": due.before_issue,
        "words": _shown(due.words),
    }


def _task(task: Task, document: Document, targets: list[int]) -> dict[str, Any]:
    due = task.deadline
    return {
        "num": task.number,
        "label": task.label,
        "path": task.path,
        "title": _value(task.title),
        "text": task.text.value,
        **_where(task.text),
        "lead": _value(task.lead),
        "departments": [party.name.value for party in task.departments],
        "supporting_departments": [party.name.value for party in task.supporting],
        "deadline": due.chief,
        "deadlines": [date[:7] for date in due.all],
        "start": due.start,
        "due": _due(due),
        "targets": targets,
        "owners": [_party(party) for party in task.departments],
        "supporters": [_party(party) for party in task.supporting],
        "lead_evidence": _shown(task.lead),
        "places": [
            {"name": p.name.value, "kind": p.kind, "found": p.found is not None, **_where(p.name)} for p in task.places
        ],
        "notes": task.notes,
        "box": task.box,
        "clause": task.clause,
        "origin": task.origin,
        "page": document.page_of(task.text.spans[0]) if task.text.spans else 1,
        "confidence": task.confidence,
    }


def _target(target: Target) -> dict[str, Any]:
    out: dict[str, Any] = {
        "kind": target.kind,
        "object": target.object.value,
        "indicator": target.indicator,
        "text": target.text.value,
        **_where(target.text),
        "comparator": target.comparator,
        "explicit_comparator": target.explicit,
        "value": target.value,
        "value_max": target.value_max,
        "unit": target.unit,
        "norm_value": target.norm_value,
        "norm_unit": target.norm_unit,
        "by": target.by,
        "by_inherited": target.by_inherited,
        "confidence": target.confidence,
        "task": target.task,
        "object_evidence": _shown(target.object),
        "number_evidence": _shown(target.number),
    }
    rest = {
        "norm_max": target.norm_max,
        "period_from": target.period_from,
        "recurrence": target.recurrence,
        "maintain": target.floor or None,
        "approx": target.approx or None,
        "derived": target.derived or None,
        "baseline": target.baseline,
        "baseline_unit": target.baseline_unit or None,
        "reference": target.reference or None,
        "placeholder": target.placeholder or None,
        "question": target.question or None,
        "project": target.project or None,
        "same_as": target.same_as,
    }
    return out | {name: value for name, value in rest.items() if value is not None}


def _project(project: Project) -> dict[str, Any]:
    return {
        "name": project.name.value,
        **_where(project.name),
        "category": project.category,
        "box": project.box,
        "page": project.page,
        "parameters": [_target(one) for one in project.parameters],
        "stages": [_stage(stage) for stage in project.stages],
        "cells": project.cells,
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "name": stage.name.value,
        **_where(stage.name),
        "start": stage.start,
        "due": stage.due,
        "event": stage.event,
        "months": stage.months,
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        "group": post.group,
        "seat": post.role,
        "name": _value(post.name),
        "posts": post.posts,
        "unit": post.unit,
        **(_where(post.name) if post.name else {}),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name.value,
        **_where(group.name),
        "duty": group.duty,
        "lead": _value(group.lead),
        "members": [_party(party) for party in group.members],
    }
