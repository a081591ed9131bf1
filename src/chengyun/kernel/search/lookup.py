"""The one condition that each database answers with its own full-text index."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Lookup, TextField

from chengyun.kernel.search.bigrams import Phrase


@TextField.register_lookup
class Phrases(Lookup):
    """`grams__phrases=[Phrase, …]`: rows of SearchText in which every phrase stands."""

    lookup_name = "phrases"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[str]]:  # noqa: ARG002
        """FTS5: a phrase in quotes, a star after it where its last term is a beginning."""
        wanted = " AND ".join(f'"{" ".join(p.terms)}"{"*" if p.prefix else ""}' for p in self._phrases())
        key = f'"{self.lhs.alias}"."id"'
        return f"{key} IN (SELECT rowid FROM kernel_search_fts WHERE kernel_search_fts MATCH %s)", [wanted]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        """tsquery: terms joined by <->, a beginning marked by :*."""
        column, params = self.process_lhs(compiler, connection)
        wanted = " & ".join(_tsquery(p) for p in self._phrases())
        return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)", [*params, wanted]

    def _phrases(self) -> Sequence[Phrase]:
        wanted: Sequence[Phrase] = self.rhs
        return wanted


def _tsquery(phrase: Phrase) -> str:
    terms = [f"'{term}'" for term in phrase.terms]
    if phrase.prefix:
        terms[-1] += ":*"
    return f"({' <-> '.join(terms)})"
