"""The schemes of a town and their levels: data that a town keeps, beside the two that it starts with."""

import re
from collections.abc import Sequence

from django.db.models import F

from chengyun.kernel.access import require
from chengyun.kernel.action import action, lock, save
from chengyun.kernel.actor import Actor
from chengyun.kernel.journal.record import record
from chengyun.kernel.refusal import Conflict, Invalid
from chengyun.places.events import TownSet
from chengyun.places.memory import changed
from chengyun.places.models import Area, AreaLevel, Scheme, Town
from chengyun.places.shapes import CELL, COMMUNITY, COMPOUND, GRID, MICRO_GRID, SECTOR, STAIRWELL, SchemeShape

ROLES = ("", SECTOR, GRID, CELL, COMMUNITY, MICRO_GRID, COMPOUND, STAIRWELL)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
_ASIDE = 1000  # ranks are single in a scheme: while they are set anew the old ones stand aside


@action
def keep_schemes(town: Town, *, actor: Actor, expected: int, given: Sequence[SchemeShape]) -> Town:
    """Keep these schemes as they are given, levels outermost first; others stay. A level with areas is not dropped."""
    town = lock(town, expected)
    require(actor, "places.edit", at=town)
    for shape in given:
        _check(shape)
        _keep(town, shape)
    changed(town.id)
    save(town)
    record(TownSet(town.code, tuple(f"scheme:{shape.code}" for shape in given)), town, actor)
    return town


def _check(shape: SchemeShape) -> None:
    codes = [level.code for level in shape.levels]
    for code in (shape.code, *codes):
        if not _CODE.fullmatch(code):
            raise Invalid(
                "places.scheme_code", f"code: small letters, digits and _, as in block_2, not {code!r}", field="code",
                params={"code": code},
            )  # fmt: skip
    if not codes or len(set(codes)) < len(codes) or not all(level.name for level in shape.levels) or not shape.name:
        raise Invalid(
            "places.scheme_levels", f"{shape.code}: a name and levels, each with its own code and name", field="levels",
            params={"scheme": shape.code},
        )  # fmt: skip
    for level in shape.levels:
        if level.role not in ROLES:
            known = ", ".join(role for role in ROLES if role)
            raise Invalid(
                "places.level_role", f"role: one of {known}, or nothing", field="role", params={"known": known}
            )


def _keep(town: Town, shape: SchemeShape) -> None:
    texts = {"name": shape.name, "english": shape.english, "covers": shape.covers}
    scheme, _ = Scheme._base_manager.update_or_create(town=town, code=shape.code, defaults=texts)
    dropped = scheme.levels.exclude(code__in=[level.code for level in shape.levels])
    used = Area._base_manager.filter(level__in=dropped, retired_at=None).select_related("level").first()
    if used is not None:
        raise Conflict(
            "places.level_used", f"areas stand on the level {used.level.code}: retire them first",
            params={"level": used.level.name},
        )  # fmt: skip
    if not Area._base_manager.filter(level__in=dropped).exists():
        dropped.delete()
    scheme.levels.update(rank=F("rank") + _ASIDE)
    for rank, level in enumerate(shape.levels):
        known = {"name": level.name, "english": level.english, "role": level.role, "rank": rank}
        AreaLevel.objects.update_or_create(scheme=scheme, code=level.code, defaults=known)
    for rank, left in enumerate(scheme.levels.filter(rank__gte=_ASIDE), len(shape.levels)):
        left.rank = rank
        left.save(update_fields=["rank"])
