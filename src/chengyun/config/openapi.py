"""The description of the API: two rooms may call a schema by the same name, and each keeps its own."""

import json
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

Definitions = dict[str, Any]


class DistinctSchema(OpenAPISchema):
    """Ninja lays schemas of one name over each other. Here the room that was first keeps the plain name.

    A schema of another room with other contents gets the room's name before its own: `PlansRef`.
    """

    room = ""
    owners: dict[str, str]

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        self.owners = {}
        super().__init__(api, path_prefix)

    def operation_details(self, operation: Operation) -> Definitions:
        self.room = operation.view_func.__module__.split(".")[1]
        return super().operation_details(operation)

    def _create_schema_from_model(self, model: Any, *args: Any, **options: Any) -> tuple[Definitions, bool]:
        self.renamed: dict[str, str] = {}
        schema, required = super()._create_schema_from_model(model, *args, **options)
        return _with_names(schema, self.renamed), required

    def add_schema_definitions(self, definitions: Definitions) -> None:
        self.renamed = self._others(definitions)
        named = {self.renamed.get(name, name): body for name, body in _with_names(definitions, self.renamed).items()}
        for name in named:
            self.owners.setdefault(name, self.room)
        super().add_schema_definitions(named)

    def _others(self, definitions: Definitions) -> dict[str, str]:
        """New names for what another room calls the same, and for what refers to that."""
        foreign = {name for name in definitions if self.owners.get(name, self.room) != self.room}
        found = {name for name in foreign if self.schemas[name] != definitions[name]}
        while more := {name for name in foreign - found if _mentions(definitions[name], found)}:
            found |= more
        return {name: f"{self.room.capitalize()}{name}" for name in found}


def _mentions(body: Any, names: set[str]) -> bool:
    text = json.dumps(body, default=str)
    return any(f'"{REF_TEMPLATE.format(model=name)}"' in text for name in names)


def _with_names(body: Any, renamed: dict[str, str]) -> Any:
    """The same with every reference to a renamed schema under its new name."""
    if not renamed:
        return body
    if isinstance(body, list):
        return [_with_names(one, renamed) for one in body]
    if not isinstance(body, dict):
        return body
    prefix = REF_TEMPLATE.format(model="")
    return {
        key: prefix + renamed.get(value.removeprefix(prefix), value.removeprefix(prefix))
        if key == "$ref" and isinstance(value, str)
        else _with_names(value, renamed)
        for key, value in body.items()
    }


class Api(NinjaAPI):
    """The API whose description names every schema once."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return DistinctSchema(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)
