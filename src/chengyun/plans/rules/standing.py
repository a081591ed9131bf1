"""Where words of one version of a document stand in the next."""

from collections.abc import Sequence


def stand_anew(words: Sequence[str], near: int, text: str) -> list[list[int]]:
    """The ranges [start, end] of pieces of words in a text; each where it is nearest to `near`. [] if one is gone."""
    found = []
    for one in words:
        places = _places(one, text)
        if not places:
            return []
        start = min(places, key=lambda place: abs(place - near))
        found.append([start, start + len(one)])
    return found


def _places(one: str, text: str) -> list[int]:
    places, at = [], text.find(one) if one.strip() else -1
    while at >= 0:
        places.append(at)
        at = text.find(one, at + 1)
    return places
