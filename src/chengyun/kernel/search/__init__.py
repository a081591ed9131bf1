"""Search in Chinese without a segmenter: overlapping bigrams in the database's own full-text index."""

from chengyun.kernel.search.index import Text, forget, holds, index, index_many, is_frequent, matches
from chengyun.kernel.search.registry import Hit, register_search, search

__all__ = [
    "Hit",
    "Text",
    "forget",
    "holds",
    "index",
    "index_many",
    "is_frequent",
    "matches",
    "register_search",
    "search",
]
