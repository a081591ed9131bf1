"""Every action has one rhythm: lock → require → rule → save → record. Read from the source, the room's helpers too."""

import ast
import functools
from collections.abc import Iterator

from house.source import Function, Module, called, complain, decorators, functions, modules, modules_of, rooms

SAVES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"}
RECORDS = {"record", "record_many"}
RULES = {"apply"}
ORDER = ("lock", "require", "rule", "save", "record")


def beat(name: str) -> str | None:
    """Which beat of the rhythm a call is, if any."""
    last = name.rpartition(".")[2]
    if last in {"lock", "lock_many"}:
        return "lock"
    if last == "require":
        return "require"
    if last in RULES and "." in name:
        return "rule"
    if last in SAVES:
        return "save"
    return "record" if last in RECORDS else None


@functools.cache
def calls(function: Function) -> tuple[ast.Call, ...]:
    """Every call in the order of execution: what is inside the parentheses comes before the call itself."""

    def walk(node: ast.AST) -> Iterator[ast.Call]:
        for child in ast.iter_child_nodes(node):
            yield from walk(child)
        if isinstance(node, ast.Call):
            yield node

    return tuple(call for statement in function.body for call in walk(statement))


@functools.cache
def helpers_of(room: str) -> dict[str, Function]:
    """Functions of the room that an action may call by name, without those that bear the name of a beat."""
    return {
        name: function
        for module in modules()
        if module.room == room and not module.is_migration
        for name, function in functions(module)
        if "." not in name and beat(name) is None
    }


def beats(function: Function, helpers: dict[str, Function], seen: frozenset[str] = frozenset()) -> list[str]:
    """The beats of a function, with those of the room's helpers in their place."""
    found: list[str] = []
    for call in calls(function):
        name = called(call)
        own = name.rpartition(".")[2]
        sign = beat(name)
        if sign:
            found.append(sign)
        elif own in helpers and own not in seen:
            found += beats(helpers[own], helpers, seen | {own})
    return found


def actions() -> Iterator[tuple[Module, str, Function]]:
    for room in rooms():
        for module in modules_of(room, "actions"):
            for name, function in functions(module):
                if "action" in decorators(function):
                    yield module, name, function


def out_of_order(rhythm: list[str]) -> list[str]:
    """What comes too soon. An action may do two things in a row (agree, then do what was agreed), each in its order."""
    first = {sign: rhythm.index(sign) for sign in ORDER if sign in rhythm}
    last = {sign: len(rhythm) - 1 - rhythm[::-1].index(sign) for sign in ORDER if sign in rhythm}
    pairs = [("require", "lock", first), ("save", "require", first), ("save", "rule", last), ("record", "save", last)]
    return [f"{b} before {a}" for b, a, places in pairs if {a, b} <= set(first) and places[b] < first[a]]


def test_every_action_has_the_one_rhythm() -> None:
    problems = []
    for module, name, function in actions():
        rhythm = beats(function, helpers_of(module.room))
        missing = [sign for sign in ("require", "save", "record") if sign not in rhythm]
        if "expected" in {a.arg for a in function.args.kwonlyargs} and "lock" not in rhythm:
            missing.append("lock")
        wrong = [f"no {sign}" for sign in missing] + out_of_order(rhythm)
        if wrong:
            problems.append(f"{module.at(function)} {name}: {', '.join(wrong)} (it does: {' → '.join(rhythm)})")
    complain(problems)


def test_an_action_takes_its_actor_by_keyword_and_never_a_request() -> None:
    problems = []
    for module, name, function in actions():
        if "actor" not in {a.arg for a in function.args.kwonlyargs}:
            problems.append(f"{module.at(function)} {name}: actor is not a keyword")
        if "request" in {a.arg for a in [*function.args.args, *function.args.kwonlyargs]}:
            problems.append(f"{module.at(function)} {name}: takes a request")
    complain(problems)


def reached(function: Function, helpers: dict[str, Function], seen: set[str]) -> set[str]:
    """The helpers that a function calls, and those that they call."""
    for call in calls(function):
        own = called(call).rpartition(".")[2]
        if own in helpers and own not in seen:
            seen.add(own)
            reached(helpers[own], helpers, seen)
    return seen


def test_a_public_function_that_writes_is_an_action_or_a_part_of_one() -> None:
    """A write without @action around it has neither transaction nor the answer to a held lock."""
    inside: dict[str, set[str]] = {}
    for module, _, function in actions():
        reached(function, helpers_of(module.room), inside.setdefault(module.room, set()))
    complain([
        f"{module.at(function)} {name}: writes, is no @action, and none calls it"
        for room in rooms()
        for module in modules_of(room, "actions")
        for name, function in functions(module)
        if "." not in name and not name.startswith("_") and "action" not in decorators(function)
        and {"save", "record"} <= set(beats(function, {})) and name not in inside.get(room, set())
    ])  # fmt: skip


def test_the_reader_sees_a_broken_rhythm() -> None:
    source = "def close(case, *, actor):\n    save(case)\n    require(actor, 'x.y', case)\n    record(1, case, actor)"
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert out_of_order(beats(function, {})) == ["save before require"]
