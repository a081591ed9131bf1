"""The plan compiler: a government document goes in; tasks, targets and projects come out, each with its words."""

from chengyun.plans.compiler.document import Document
from chengyun.plans.compiler.errors import ReadError
from chengyun.plans.compiler.jsonform import to_json
from chengyun.plans.compiler.reading import read

__all__ = ["Document", "ReadError", "read", "to_json"]
