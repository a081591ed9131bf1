"""The roles as a page of the docs: who may do what, made from data/roles.yaml."""

from collections.abc import Iterator

from chengyun.accounts.roles import OUTSIDE, ROLES, RoleShape
from chengyun.kernel.access import permissions

USUAL = {
    "town": "the town",
    "held": "the areas that the post holds",
    "department": "the department, and those below it",
}


def roles_markdown() -> str:
    """A table of the roles, and one of permission by role (● wherever the grant holds, ○ for one's own things)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    everyone = [*ROLES.values(), OUTSIDE]
    yield "## Roles\n"
    yield "What every installation starts with. A town copies a role to change it; a grant says where it holds.\n"
    yield "| role | 中文 | usually given for | |"
    yield "|---|---|---|---|"
    yield from (
        f"| `{r.code}` | {r.zh} | {USUAL.get(r.usual, 'nobody: no account')} | {r.summary_en} |" for r in everyone
    )
    yield "\n## Permission by role\n"
    yield "● wherever the grant holds; ○ only for things that the person stands on: reported, assigned, to verify."
    yield "Who gets through at every endpoint is a table that a test holds: `tests/accounts/matrix.toml`.\n"
    yield "| permission | " + " | ".join(r.zh for r in everyone) + " |"
    yield "|---|" + ":-:|" * len(everyone)
    yield from (f"| `{name}` | " + " | ".join(_mark(r, name) for r in everyone) + " |" for name in permissions())


def _mark(role: RoleShape, permission: str) -> str:
    return "●" if permission in role.permissions else "○" if permission in role.own else ""
