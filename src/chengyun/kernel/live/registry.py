"""Which permission lets one hear of which kind of subject. What no room exposed, nobody hears of."""

_exposed: dict[str, str] = {}


def expose(kind: str, permission: str) -> None:
    """Let whoever has `permission` at the place of a subject of `kind` hear of it. Rooms call it in reactions.py."""
    _exposed[kind] = permission


def exposed() -> dict[str, str]:
    """Permissions by kind."""
    return dict(_exposed)
