"""What rooms offer to be measured: each declares its measures in `<room>/measures.py`, indicators read them.

Free of Django and of any unit of the business. A measure is one of two shapes:

- **things** (`load`): one row for each thing or record, in columns: facilities, buildings, compounds, metro entrances,
  cases, tasks, entries of a register. Formulas count, sum, filter and reach over the columns in memory, what-if adds
  and removes rows, so a loader gives *every* row of the town and neither filters nor counts.
- **figures** (`figures`): one number for each area, where no single thing stands behind it: people on a basis and of an
  age band, square metres of land, projected green cover.

What is not known is never zero: a number that nobody recorded is NaN, a word that nobody recorded is None (code -1), a
figure that nobody counted is NaN, a whole register that is not there makes the table or the figures `missing`.

    LAMPS = Measure(
        name="places.facilities", zh="设施", en="facilities", unit="个", permission="places.read",
        fields=(
            Field("category", "choice", "类别", "category", choices=categories),
            Field("capacity", "number", "容量", "capacity"),
        ),
        load=load_facilities, rows=facility_rows, key_of=facility_key, events=("places.facility_*",),
    )
    offer(LAMPS)
"""

from chengyun.kernel.measures.offers import (
    Ask,
    Field,
    Figures,
    Filter,
    Measure,
    Period,
    Query,
    Row,
    Words,
    fixed_measures,
    measure,
    measures,
    offer,
    offer_family,
)
from chengyun.kernel.measures.table import (
    NOWHERE,
    Coded,
    Column,
    Days,
    Entrances,
    Floats,
    Ints,
    Missing,
    Table,
    lacking,
)

__all__ = [
    "NOWHERE",
    "Ask",
    "Coded",
    "Column",
    "Days",
    "Entrances",
    "Field",
    "Figures",
    "Filter",
    "Floats",
    "Ints",
    "Measure",
    "Missing",
    "Period",
    "Query",
    "Row",
    "Table",
    "Words",
    "fixed_measures",
    "lacking",
    "measure",
    "measures",
    "offer",
    "offer_family",
]
