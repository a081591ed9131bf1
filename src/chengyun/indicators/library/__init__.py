"""The library: indicators after five plan documents, how cases are judged, limits of standards, registers."""

from functools import lru_cache
from pathlib import Path

from chengyun.indicators.definitions import Definition, ThresholdShape, read_definitions, read_thresholds

FOLDER = Path(__file__).parent
THRESHOLDS, REGISTERS = "thresholds", "registers"


@lru_cache(maxsize=1)
def library_definitions() -> tuple[Definition, ...]:
    """Every indicator, document by document, in the order in which the document promises it."""
    files = [path for path in sorted(FOLDER.glob("*.yaml")) if path.stem not in {THRESHOLDS, REGISTERS}]
    return tuple(one for path in files for one in read_definitions(path))


@lru_cache(maxsize=1)
def library_thresholds() -> tuple[ThresholdShape, ...]:
    """Every limit, with its clause; those that nobody has read in the official text say so."""
    return tuple(read_thresholds(FOLDER / f"{THRESHOLDS}.yaml"))
