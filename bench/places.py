"""Places of a town of 40 km²: importing it whole, who waits meanwhile, points, addresses, suggestions, area checks.

The town is the synthetic one, loaded into a folder of its own that is thrown away; a second writer writes beside the
import, as the hotline would. Claims: bars below. Times of single calls are CPU time of the thread, medians.
"""

import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable

FOLDER = tempfile.TemporaryDirectory(prefix="chengyun-bench-places-")
os.environ["CHENGYUN_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "chengyun.config.settings"

import django  # noqa: E402  the settings read the folder above

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from chengyun.demo.town.output import SEED, make_town  # noqa: E402
from chengyun.kernel.actor import System  # noqa: E402
from chengyun.kernel.ids import take_number  # noqa: E402
from chengyun.places import queries  # noqa: E402
from chengyun.places.bulk import load_town  # noqa: E402
from chengyun.places.models import Building, Town  # noqa: E402

LOAD_S, WAIT_MS, POINT_MS, ADDRESS_MS, SUGGEST_MS, AGAIN_S = 40, 250, 0.5, 5, 20, 20
ACTOR = System("bench")


def main() -> int:
    """Print every figure beside its bar; 1 if one does not hold."""
    call_command("migrate", verbosity=0)
    data = make_town(SEED, 0)
    rows = sum(len(getattr(data, layer)) for layer in ("areas", "facilities", "buildings", "streets", "populations"))
    waits: list[float] = []
    load, town = beside_a_writer(lambda: load_town(data, ACTOR), waits)
    again = seconds(lambda: load_town(data, ACTOR))
    held = [
        told(f"import of {rows:,} rows with base map (CPU)", load, LOAD_S, "s"),
        told("the same import again, nothing changed (CPU)", again, AGAIN_S, "s"),
        told(f"another writer beside it, 95 % of {len(waits)} writes", at(waits, 0.95) * 1000, WAIT_MS, "ms"),
        *questions(town),
    ]
    return 0 if all(held) else 1


def questions(town: Town) -> list[bool]:
    """What screens ask all day."""
    chosen = Building.objects.as_system("bench").filter(town=town).exclude(road="").exclude(number="").order_by("id")
    rows = random.Random(1).sample(list(chosen.values_list("road", "lane", "number", "minx", "miny")), 200)
    texts = [f"云岸镇{road}{lane + '弄' if lane else ''}{number}号301室" for road, lane, number, _, _ in rows]
    queries.locate_address(town.id, texts[0])
    typed = [text[3 : 3 + length] for text in texts for length in (1, 2, 4, 6)]
    points = [each(lambda p=(x, y): queries.resolve_point(town.id, *p)) for *_, x, y in rows]
    addresses = [each(lambda t=text: queries.locate_address(town.id, t)) for text in texts]
    suggested = [each(lambda t=text: queries.suggest_addresses(town.id, t)) for text in typed]
    right = sum(queries.locate_address(town.id, text, 1) != [] for text in texts)
    return [
        told("a point to its areas", statistics.median(points) * 1000, POINT_MS, "ms"),
        told(f"an address to its point ({right} of {len(texts)} found)", at(addresses, 0.5) * 1000, ADDRESS_MS, "ms"),
        told(f"suggestions while typing, 99 % of {len(typed)}", at(suggested, 0.99) * 1000, SUGGEST_MS, "ms"),
    ]


def beside_a_writer(work: Callable[[], Town], waits: list[float]) -> tuple[float, Town]:
    """CPU seconds of `work`, and its result, while another thread writes fifty times a second."""
    done = threading.Event()

    def write() -> None:
        while not done.wait(0.02):
            start = time.monotonic()
            with transaction.atomic():
                take_number("bench")
            waits.append(time.monotonic() - start)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    start = time.process_time()
    try:
        town = work()
    finally:
        done.set()
        writer.join()
    return time.process_time() - start, town


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def each(work: Callable[[], object]) -> float:
    """CPU seconds of this thread."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


def at(values: list[float], share: float) -> float:
    """The value below which this share of all lies."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def told(words: str, figure: float, bar: float, unit: str) -> bool:
    """Print a figure beside its bar."""
    print(f"{words:<62} {figure:>9.2f} {unit:<2}  bar {bar:g} {unit}  {'ok' if figure <= bar else 'NOT HELD'}")
    return figure <= bar


if __name__ == "__main__":
    sys.exit(main())
