"""The API's description says one thing under one name."""

from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel

from chengyun.config.api import api
from house.source import complain


def below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def test_no_two_schemas_have_one_name() -> None:
    described = api.get_openapi_schema()["components"]["schemas"]
    rooms: defaultdict[str, set[str]] = defaultdict(set)
    for one in below(BaseModel):
        if one.__module__.startswith("chengyun.") and one.__name__ in described:
            rooms[one.__name__].add(one.__module__)
    complain([f"{name}: {', '.join(sorted(where))}" for name, where in sorted(rooms.items()) if len(where) > 1])
