"""Questions about registers: which there are, which are empty and whom that hinders, and their records."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from chengyun.accounts.models import Department
from chengyun.indicators.models import Indicator, IndicatorVersion, Register, RegisterEntry
from chengyun.indicators.registers.actions import WRITE
from chengyun.kernel.access import found, may
from chengyun.kernel.actor import Actor
from chengyun.places.models import Area, Town

READ = "indicators.registers.read"


def registers(actor: Actor, town: Town) -> list[dict[str, Any]]:
    """The registers of a town with how many records each has and which indicators need it. Four queries."""
    rows = Register.objects.within(actor, READ).filter(town_id=town.pk, retired_at=None).order_by("code")
    live = Q(entries__retired_at=None)
    counted: list[Any] = list(
        rows.annotate(records=Count("entries", filter=live), latest=Max("entries__happened_on", filter=live))
    )
    needed, offices = _needed(town), _offices(counted)
    return [_register_row(actor, row, needed, offices) for row in counted]


def register_of(actor: Actor, town: Town, code: str) -> Register:
    """One register, or NotFound."""
    rows = Register.objects.within(actor, READ).filter(town_id=town.pk, code=code, retired_at=None)
    row: Register | None = rows.first()
    return found(row, "register")


def register_detail(actor: Actor, town: Town, code: str) -> dict[str, Any]:
    """One register with its columns."""
    row = register_of(actor, town, code)
    live = RegisterEntry.objects.as_system("how many records there are").filter(register=row, retired_at=None)
    said = live.aggregate(records=Count("id"), latest=Max("happened_on"))
    counted: Any = row
    counted.records, counted.latest = said["records"], said["latest"]
    return _register_row(actor, counted, _needed(town), _offices([row])) | {"columns": row.columns}


def _offices(rows: list[Register]) -> dict[int | None, str]:
    """The codes of the departments that keep registers."""
    wanted = {row.department_id for row in rows if row.department_id is not None}
    offices = Department.objects.as_system("who keeps a register").filter(pk__in=wanted)
    return dict(offices.values_list("pk", "code"))


Needed = dict[str, list[dict[str, str]]]


def _register_row(actor: Actor, row: Any, needed: Needed, offices: dict[int | None, str]) -> dict[str, Any]:
    """A register as lists show it; `records` 0: it is missing, and whoever needs it knows nothing."""
    return {
        "id": row.uuid, "version": row.version, "code": row.code, "zh": row.zh, "en": row.en, "key": row.key,
        "day": row.day, "note_zh": row.note_zh, "note_en": row.note_en, "complete": row.complete,
        "department": offices.get(row.department_id, ""), "records": row.records, "latest": row.latest,
        "needed_by": needed.get(row.code, []),
        "verbs": ["change", "enter", "import", "retire"] if may(actor, WRITE, at=row) else [],
    }  # fmt: skip


def _needed(town: Town) -> Needed:
    """For each register the indicators whose formula counts it."""
    rows = Indicator.objects.as_system("who needs a register").filter(town_id=town.pk, retired_at=None)
    named = {(one.pk, one.number): one for one in rows.order_by("rank", "code")}
    needed: Needed = {}
    versions = IndicatorVersion.objects.filter(indicator__in=rows, formula__contains="registers.")
    for version in versions.order_by("indicator__rank", "indicator__code"):
        one = named.get((version.indicator_id, version.number))
        words = version.formula.replace("(", " ").replace(")", " ").split() if one else []
        for code in dict.fromkeys(word.partition(".")[2] for word in words if word.startswith("registers.")):
            needed.setdefault(code, []).append({"code": one.code, "zh": one.zh, "en": one.en})  # type: ignore[union-attr]
    return needed


def entries(actor: Actor, register: Register, words: str = "") -> QuerySet[RegisterEntry]:
    """The records of a register that the actor may see."""
    rows: QuerySet[RegisterEntry] = RegisterEntry.objects.within(actor, READ).filter(register=register, retired_at=None)
    return rows.filter(Q(label__icontains=words) | Q(code__icontains=words)) if words else rows


def entry_of(actor: Actor, key: UUID) -> RegisterEntry:
    """One record, or NotFound."""
    rows = RegisterEntry.objects.within(actor, READ).filter(uuid=key, retired_at=None).select_related("register")
    row: RegisterEntry | None = rows.first()
    return found(row, "register_entry")


def entry_rows(actor: Actor, rows: list[RegisterEntry]) -> list[dict[str, Any]]:
    """Records as lists show them, with the names of their places. One query."""
    wanted = {pk for row in rows for pk in (row.community_id, row.compound_id) if pk is not None}
    areas = Area.objects.as_system("the names of places of records that one sees").filter(pk__in=wanted)
    names = dict(areas.values_list("pk", "name"))
    return [_entry_row(actor, row, names) for row in rows]


def _entry_row(actor: Actor, row: RegisterEntry, names: dict[int, str]) -> dict[str, Any]:
    place = row.compound_id if row.compound_id is not None else row.community_id
    return {
        "id": row.uuid, "version": row.version, "code": row.code, "label": row.label, "values": row.values,
        "day": row.happened_on, "source": row.source, "place": names.get(place or 0, ""), "lng": row.minx,
        "lat": row.miny, "verbs": ["change", "remove"] if may(actor, WRITE, at=row) else [],
    }  # fmt: skip
