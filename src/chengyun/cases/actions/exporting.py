"""Taking cases out as a file: what the list shows to this person, and nothing more; who took what is recorded."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from chengyun.cases.events import ListExported
from chengyun.cases.models import Case, Export
from chengyun.cases.queries.lists import NOT_LISTED, Filters, seen_by
from chengyun.cases.queries.shown import Names, class_of, names_for
from chengyun.cases.rules.clocks import light
from chengyun.kernel.access import require
from chengyun.kernel.action import action
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Invalid
from chengyun.kernel.tables import write_table

MOST = 20_000
CHUNK = 500


@dataclass(frozen=True)
class Wording:
    """How the file speaks: the heading of each column, and words for codes ("state.filed"); a code without stands."""

    headings: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    english: bool = False

    def of(self, kind: str, code: str) -> str:
        return self.words.get(f"{kind}.{code}", code)


Column = Callable[[Case, Names, Wording], Any]

COLUMNS: dict[str, Column] = {
    "number": lambda case, *_: case.number,
    "state": lambda case, _, wording: wording.of("state", case.state),
    "light": lambda case, _, wording: wording.of("light", light(case.state, case.due_at, case.amber_at, now())),
    "class": lambda case, names, wording: _class(case, names, wording),
    "title": lambda case, *_: case.title,
    "address": lambda case, *_: case.address,
    "grid": lambda case, names, _: _area(case.grid_id, names),
    "community": lambda case, names, _: _area(case.community_id, names),
    "department": lambda case, names, _: _office(case, names),
    "channel": lambda case, _, wording: wording.of("channel", case.channel),
    "priority": lambda case, _, wording: wording.of("priority", case.priority),
    "reported_at": lambda case, *_: _moment(case.reported_at),
    "due_at": lambda case, *_: _moment(case.due_at),
    "closed_at": lambda case, *_: _moment(case.closed_at),
    "returns": lambda case, *_: case.returns,
    "urges": lambda case, *_: case.urges,
    "id": lambda case, *_: case.uuid,
}


def export_list(filters: Filters, path: Path, *, actor: Actor, wording: Wording) -> int:
    """Write the cases of a list that `actor` may see to `path` (.xlsx or .csv), newest first. Returns how many.

    Raises Invalid for more than MOST. The texts of reports and who reported are no part of it.
    """
    require(actor, "cases.read")
    rows = seen_by(actor, filters).defer(*NOT_LISTED).order_by("-reported_at", "-id").distinct()
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        raise Invalid(
            "cases.export_large", f"more than {MOST} cases: narrow the list", field="from", params={"most": MOST}
        )
    head = [wording.headings.get(name, name) for name in COLUMNS]
    write_table(path, head, _lines(found, wording))
    _note(Export(rows=len(found), format=path.suffix.lstrip("."), filters=_asked(filters)), actor=actor)
    return len(found)


@action
def _note(export: Export, *, actor: Actor) -> None:
    """Apart from the reading and writing, which takes longer than a lock may be held."""
    require(actor, "cases.read")
    export.by(actor)
    export.save()
    record(ListExported(export.rows, export.format, export.filters), export, actor)


def _lines(cases: list[Case], wording: Wording) -> Iterator[list[Any]]:
    for first in range(0, len(cases), CHUNK):
        page = cases[first : first + CHUNK]
        names = names_for(page)
        for case in page:
            yield [column(case, names, wording) for column in COLUMNS.values()]


def _asked(filters: Filters) -> dict[str, str]:
    """The filters that were set, for the journal; words that were searched for may name somebody and stay out of it."""
    asked = {name: str(value) for name, value in asdict(filters).items() if value}
    return asked | ({"q": "*"} if filters.q.strip() else {})


def _class(case: Case, names: Names, wording: Wording) -> str:
    kind = class_of(case.class_code, names.standards)
    return kind["en" if wording.english else "name"] if kind else ""


def _area(pk: int | None, names: Names) -> str:
    return str(names.areas[pk]["name"]) if pk is not None and pk in names.areas else ""


def _office(case: Case, names: Names) -> str:
    office = names.departments.get(case.department_id or 0)
    return office.name if office else ""


def _moment(value: Any) -> str:
    return f"{value.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m-%d %H:%M}" if value else ""
