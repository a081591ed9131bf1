"""The mark that a data folder holds a synthetic town: what it was made with, and the logins to show."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NAME = "demo.json"


@dataclass(frozen=True)
class DemoMark:
    """What the town was made with. Until `finished` it is half made, and is gone on with."""

    days: int
    scale: int
    finished: bool = False
    logins: tuple[dict[str, Any], ...] = ()

    def write(self, data: Path) -> None:
        """Keep the mark, whole or not at all."""
        part = data / f".{NAME}"
        part.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(data / NAME)


def read_mark(data: Path) -> DemoMark | None:
    """The mark of a folder, if it has one."""
    path = data / NAME
    if not path.exists():
        return None
    values = json.loads(path.read_text(encoding="utf-8"))
    return DemoMark(values["days"], values["scale"], values["finished"], tuple(values["logins"]))
