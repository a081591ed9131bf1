"""Addresses as people write them, and the places they mean. Free of Django; a town's names come in as rows."""

from chengyun.places.address.gazetteer import Gazetteer, Row
from chengyun.places.address.grammar import Address, parse_address
from chengyun.places.address.normal import normal
from chengyun.places.address.resolve import Finding, Reason, resolve
from chengyun.places.address.suggest import Suggestion, suggest

__all__ = [
    "Address",
    "Finding",
    "Gazetteer",
    "Reason",
    "Row",
    "Suggestion",
    "normal",
    "parse_address",
    "resolve",
    "suggest",
]
