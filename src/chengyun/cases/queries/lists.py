"""Lists of cases: views, filters, counts, and what waits for an approval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import inf
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from chengyun.accounts.models import Department
from chengyun.cases.flow_table import DESK_STATES, DONE_STATES, DROPPED_STATES, OPEN_STATES
from chengyun.cases.models import Approval, Case
from chengyun.cases.models.case import Channel
from chengyun.cases.rules.given import PRIORITIES
from chengyun.cases.rules.steps import PERMISSION_OF_POST
from chengyun.kernel.access import may, scope_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import now
from chengyun.kernel.models import ScopedQuerySet
from chengyun.kernel.paging import Page, page, page_of_parts
from chengyun.kernel.refusal import Invalid, Malformed
from chengyun.kernel.search import holds, is_frequent, matches
from chengyun.places.models import Area

ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("due_at", "id"),
    "-reported": ("-reported_at", "-id"),
    "reported": ("reported_at", "id"),
    "-closed": ("-closed_at", "-id"),
}
NOT_LISTED = ("text", "geometry")
CHOICES: dict[str, tuple[str, ...]] = {
    "state": (*OPEN_STATES, *DONE_STATES, *DROPPED_STATES),
    "channel": tuple(Channel.values),
    "priority": PRIORITIES,
}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. States, channels and classes may be several, by commas; a class may be a major."""

    view: str = "all"
    state: str = ""
    channel: str = ""
    class_code: str = ""
    grid: UUID | None = None
    community: UUID | None = None
    department: UUID | None = None
    light: str = ""
    priority: str = ""
    q: str = ""
    first_day: date | None = None
    last_day: date | None = None
    bbox: str = ""
    unplaced: bool = False
    until: datetime | None = None


def my_departments(actor: Actor) -> frozenset[int] | None:
    """The departments whose work is the actor's own; None for who works for all of them (the desk, a leader)."""
    scope = scope_of(actor, "cases.sign")
    if scope.empty:
        return None
    own = scope.departments | {d for d, _ in scope.bounded}
    home = getattr(actor, "department_id", None)
    return own | ({home} if home is not None else set())


def _at_mine(actor: Actor, states: Sequence[str], part_states: Sequence[str]) -> Q:
    mine = my_departments(actor)
    if mine is None:
        return Q(is_open=True, state__in=states)
    supporting = Case._base_manager.filter(
        parts__department_id__in=mine, parts__lead=False, parts__state__in=part_states, is_open=True
    )
    at_ours = Q(state__in=states, department_id__in=mine) | Q(pk__in=supporting.values("pk"))
    return at_ours & Q(is_open=True)


def _me(actor: Actor) -> str | None:
    return actor.actor_id if actor.actor_kind == "person" else None


def _mine(actor: Actor, _: datetime) -> Q:
    me = _me(actor)
    return (Q(assignee_id=me) | Q(verifier_id=me) | Q(checker_id=me)) & Q(is_open=True) if me else Q(pk__in=[])


def _phone(actor: Actor, _: datetime) -> Q:
    """Checks and verifications that are mine, or nobody's in my area, and what I handle."""
    me, areas = _me(actor), scope_of(actor, "cases.verify").areas
    nobody = Q(state="checking", checker_id=None) | Q(state="verifying", verifier_id=None)
    here = Q(grid_id__in=areas) | Q(community_id__in=areas)
    own = Q(state="checking", checker_id=me) | Q(state="verifying", verifier_id=me)
    mine = own | (nobody & here) | Q(assignee_id=me, state__in=["signed", "handling"])
    return mine & Q(is_open=True)


def _community(actor: Actor, _: datetime) -> Q:
    scope = scope_of(actor, "cases.read")
    return Q(community_id__in=scope.areas | {a for _, a in scope.bounded}, is_open=True)


def _waits_for_me(actor: Actor, _: datetime) -> Q:
    posts = [post for post, permission in PERMISSION_OF_POST.items() if may(actor, permission)]
    return ~Q(pending="") & Q(approvals__state="pending", approvals__post__in=posts)


VIEWS: dict[str, tuple[str, Callable[[Actor, datetime], Q]]] = {
    "all": ("-reported", lambda *_: Q()),
    "open": ("due", lambda *_: Q(is_open=True)),
    "queue": ("due", lambda *_: Q(is_open=True, state__in=DESK_STATES)),
    "mine": ("due", _mine),
    "reported": ("-reported", lambda actor, _: Q(reporter_id=_me(actor)) if _me(actor) else Q(pk__in=[])),
    "to_sign": ("due", lambda actor, _: _at_mine(actor, ["dispatched"], ["dispatched"])),
    "in_hand": ("due", lambda actor, _: _at_mine(actor, ["signed", "handling", "suspended"], ["signed", "handling"])),
    "due": ("due", lambda actor, moment: _at_mine(actor, ["signed", "handling"], []) & Q(amber_at__lte=moment)),
    "returned": ("due", lambda *_: Q(is_open=True, returns__gt=0, state__in=["filed", "arbitration"])),
    "late": ("due", lambda _, moment: Q(is_open=True, due_at__lt=moment)),
    "soon": ("due", lambda _, moment: Q(is_open=True, amber_at__lte=moment, due_at__gte=moment)),
    "approvals": ("due", _waits_for_me),
    "community": ("due", _community),
    "phone": ("due", _phone),
    "orders": ("due", lambda *_: Q(is_open=True, is_order=True)),
    "supervised": ("due", lambda *_: Q(is_open=True, supervised=True)),
    "sampled": ("-reported", lambda *_: Q(simple=True, sampled=True, state__in=DONE_STATES)),
    "closed": ("-reported", lambda *_: Q(state__in=DONE_STATES)),
}

LIGHTS: dict[str, Callable[[datetime], Q]] = {
    "red": lambda moment: Q(due_at__lt=moment, is_open=True),
    "amber": lambda moment: Q(amber_at__lte=moment, due_at__gte=moment, is_open=True),
    "blue": lambda moment: Q(amber_at__gt=moment, is_open=True),
    "green": lambda _: Q(state__in=DONE_STATES),
    "grey": lambda _: Q(due_at=None) & ~Q(state__in=DONE_STATES),
}


def seen_by(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """The cases that the actor may see, narrowed. Raises Invalid naming a filter that is not known."""
    return narrowed(actor, filters).within(actor, "cases.read")


def narrowed(actor: Actor, filters: Filters) -> ScopedQuerySet[Case]:
    """Narrowed first, to be scoped by the caller: so each branch of the scope finds its rows by its own index."""
    rows = _filtered(actor, filters)
    return rows.filter(uuid__in=matches("case", filters.q)) if filters.q.strip() else rows


def _filtered(actor: Actor, filters: Filters) -> ScopedQuerySet[Case]:
    """Narrowed by everything but the words."""
    rows: ScopedQuerySet[Case] = Case.objects.as_system("narrowed here and scoped right after")
    for condition in _conditions(actor, filters):
        rows = rows.filter(condition)
    return rows


def _conditions(actor: Actor, filters: Filters) -> list[Q]:
    moment = now()
    view = VIEWS.get(filters.view)
    if view is None:
        raise Invalid("cases.no_view", f"view: one of {', '.join(VIEWS)}", field="view")
    found = [view[1](actor, moment)]
    found += [_choice(column, getattr(filters, column)) for column in CHOICES if getattr(filters, column)]
    places = {"grid_id": filters.grid, "community_id": filters.community}
    found += [_area(column, uuid) for column, uuid in places.items() if uuid]
    if filters.department:
        found.append(_department(filters.department))
    if filters.class_code:
        found.append(_classes(filters.class_code))
    if filters.light:
        found.append(_light(filters.light, moment))
    found.append(_days(filters.first_day, filters.last_day))
    if filters.bbox:
        found.append(box(filters.bbox))
    if filters.unplaced:
        found.append(Q(minx=None))
    if filters.until:
        found.append(Q(reported_at__lte=filters.until))
    return found


def _choice(column: str, text: str) -> Q:
    words, known = _words(text), CHOICES[column]
    if not set(words) <= set(known):
        raise Invalid(
            "cases.no_choice", f"{column}: of {', '.join(known)}", field=column, params={"known": ", ".join(known)}
        )
    return Q(**{f"{column}__in": words})


def _days(first: date | None, last: date | None) -> Q:
    """Reported on these days where the installation is: by the moment, in whose order lists are read."""
    if first and last and first > last:
        raise Invalid("cases.days_reversed", "from: a day not after `to`", field="from")
    zone, found = ZoneInfo(settings.TIME_ZONE), Q()
    if first:
        found &= Q(reported_at__gte=datetime.combine(first, time.min, zone))
    if last:
        found &= Q(reported_at__lt=datetime.combine(last, time.min, zone) + timedelta(days=1))
    return found


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _area(column: str, uuid: UUID) -> Q:
    return Q(**{f"{column}__in": Area._base_manager.filter(uuid=uuid).values("pk")})


def _department(uuid: UUID) -> Q:
    ids = Department._base_manager.filter(uuid=uuid).values("pk")
    return Q(department_id__in=ids)


def _classes(text: str) -> Q:
    found = Q()
    for word in _words(text):
        found |= Q(class_code__startswith=word) if len(word) < 5 else Q(class_code=word)
    return found


def _light(text: str, moment: datetime) -> Q:
    found = Q()
    for word in _words(text):
        if word not in LIGHTS:
            raise Invalid("cases.no_light", f"light: of {', '.join(LIGHTS)}", field="light")
        found |= LIGHTS[word](moment)
    return found


def box(text: str) -> Q:
    """Points inside "minlng,minlat,maxlng,maxlat" (WGS 84, degrees). Raises Malformed."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        if not (-inf < west <= east < inf and -inf < south <= north < inf):  # NaN is nowhere
            raise ValueError(text)
    except ValueError:
        raise Malformed("cases.bad_bbox", "bbox: minlng,minlat,maxlng,maxlat in degrees", field="bbox") from None
    return Q(minx__gte=west, minx__lte=east, miny__gte=south, miny__lte=north)


def listed(actor: Actor, filters: Filters, order: str = "", cursor: str | None = None, limit: int = 50) -> Page[Case]:
    """A page of cases. `order`: due, reported, -reported, -closed; empty: the view's own."""
    name = order or VIEWS.get(filters.view, ("-reported",))[0]
    if name not in ORDERS:
        raise Invalid("cases.no_order", f"order: one of {', '.join(ORDERS)}", field="order")
    whole = Case.objects.as_system("the rows of a page, found through the actor's own parts").defer(*NOT_LISTED)
    parts = narrowed(actor, filters).parts_within(actor, "cases.read")
    if not is_frequent(filters.q):
        return page_of_parts(whole, parts, ORDERS[name], cursor, limit)
    walked = _filtered(actor, filters).filter(holds("case", filters.q)).parts_within(actor, "cases.read")
    return page_of_parts(whole, walked, ORDERS[name], cursor, limit, counted=parts)


def approvals(actor: Actor, cursor: str | None = None, limit: int = 50) -> Page[Approval]:
    """What waits for a post that the actor stands in for, oldest first."""
    rows = Approval.objects.as_system("narrowed by each post's own permission below").filter(state="pending")
    mine = Q(pk__in=[])
    for post, permission in PERMISSION_OF_POST.items():
        within = Approval.objects.within(actor, permission).filter(post=post)
        mine |= Q(pk__in=within.values("pk"))
    return page(rows.filter(mine).select_related("case"), ("asked_at", "id"), cursor, limit)
