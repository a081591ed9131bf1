"""The formula language of indicators: read, checked, read aloud, evaluated. Free of Django.

    share of compounds(kind = estate) where every building(use = residential)
        has hydrant(state = in_service) within 150 m straight
    sum of capacity of childcare(state = in_service) per 1000 people(basis = resident)
    count of camera / land
    share of metro_stations where has bus_stop(state = in_service) within 100 m straight
    max of minutes to expressway_ramp by car of communities
    share of households of buildings where has market within 15 minutes on foot
    share of street_lamp where lamp_source = LED
    (sum of amount of registers.tax during year / sum of amount of registers.tax during 2020) ^ (1/5) - 1
    share of cases(state in (closed, rated)) where on_time = 1

**Things** are a measure, by its name (`places.buildings`), by the name without its room (`buildings`, `building`), by
its Chinese name (`建筑`), or by a word of some measure's field `category`, in code or in Chinese (`hydrant`, `消火栓`:
facilities of that category). In parentheses stands which of them are meant; a comma is "and":
`facilities(hydrant, state = in_service)`; a bare word there is a category. What is in parentheses is the denominator of
a share; what follows `where` is the condition.

**Quantities**
- `count of THINGS [where CONDITION]`, `count of distinct FIELD of THINGS [where CONDITION]`
- `sum|mean|median|min|max of VALUE of THINGS [where CONDITION]`
- `share of THINGS where CONDITION`, `share of FIELD of THINGS where CONDITION` (weighted: of households, of floor area)
- `FIGURES(FIELD = …)`: a measure of figures: `people(basis = resident, age < 3)`, `land`, `green_cover`
- numbers with a unit (`100 m2`), `50%`, `+ - * / ^ ( )`, and `A per 1000 B`, which is A / B * 1000

VALUE is a number field, `minutes to THINGS on foot|by car` or `metres to THINGS straight|on foot`.

**Conditions** join with `and`, `or`, `not`, parentheses:
- `FIELD = word`, `FIELD != word`, `FIELD in (a, b)`, `FIELD < 3`, `<= > >=`, days as `2025-12-31`, `FIELD is known`
- `has [at least N] THINGS`: some of them belong to it (their reference leads to it, or they lie in its area)
- `has [at least N] THINGS within 150 m straight|on foot`, `within 15 minutes on foot|by car`
- `every|any|no THINGS has …`, `every|any|no THINGS (CONDITION)`: of the things that belong to it. A thing without any
  of them is left out of the share: nothing is promised about it.
- `minutes to THINGS by car <= 10`

A thing with entrances (a metro station) is near if one of its entrances is.

**Time.** Records with a day count if it lies in the period of the evaluation. `during` says otherwise, after the
things: `during year` (the calendar year so far), `during year before` (that whole year), `during 12 months`,
`during 2020`, `during 2021 to 2025`, `during 2023-05-01 to 2023-12-31`, `during all` (up to the end of the period).

**Words with blanks or signs** stand in quotes: `title = "美丽家园示范小区"`. Chinese words need none.

**What is not known** is carried along as a span from the least to the most that the value can be. A quantity of a
register that is not there is missing; the missing-value strategy says what follows: `any` (one is missing: no value),
`all` (no value only if all are missing, else missing counts as zero), `never` (missing counts as zero).
"""
