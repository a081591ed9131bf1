"""What every installation starts with: the roles of data/roles.yaml. Safe to run again, at every start."""

from dataclasses import asdict

from chengyun.accounts.models import Role
from chengyun.accounts.roles import ROLES, RoleShape
from chengyun.kernel.action import action

_FIELDS = ("zh", "en", "summary_zh", "summary_en", "permissions", "own", "home")


@action
def seed_roles() -> int:
    """Make the roles of the file as the file says them; copies that towns made stay. Returns how many changed."""
    known = {role.code: role for role in Role.objects.as_system("the roles of the file").filter(seeded=True)}
    changed = [role for shape in ROLES.values() if (role := _brought_up(known.get(shape.code), shape)) is not None]
    for role in changed:
        role.save()
    return len(changed)


def _brought_up(role: Role | None, shape: RoleShape) -> Role | None:
    """The role as the file says it, if that is not how it stands."""
    said = {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(shape).items() if key in _FIELDS}
    if role is None:
        return Role(code=shape.code, seeded=True, **said)
    if all(getattr(role, key) == value for key, value in said.items()):
        return None
    for key, value in said.items():
        setattr(role, key, value)
    role.version += 1
    return role
