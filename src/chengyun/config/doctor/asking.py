"""Asks the checks one by one; a check that fails itself is a finding too."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengyun.config.doctor.database import is_current
from chengyun.kernel.checks import Check, Finding, checks, wrong

BARE = ("data.", "database.", "machine.", "network.")  # what is asked before there are tables; all others read some


@dataclass(frozen=True)
class Answer:
    """A check with what it found."""

    check: Check
    findings: tuple[Finding, ...]

    @property
    def is_wrong(self) -> bool:
        return any(f.level == "wrong" for f in self.findings)


def ask(quick: bool = False, only: tuple[str, ...] = ()) -> Iterator[Answer]:
    """Every check's answer; `quick` asks only those of every start, `only` those whose names begin so.

    Where the database is not made, or of another version, only the checks that say so are asked.
    """
    chosen = [c for c in checks().values() if (c.quick or not quick) and (not only or c.name.startswith(only))]
    ready = is_current()
    yield from (Answer(c, tuple(_findings(c))) for c in chosen if ready or c.name.startswith(BARE))


def _findings(check: Check) -> Iterator[Finding]:
    try:
        yield from check.ask()
    except Exception as error:  # noqa: BLE001 (whatever a check meets is what the doctor tells)
        said = f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}"
        yield wrong(f"检查本身失败：{said}", f"the check itself failed: {said}")
