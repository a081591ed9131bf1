"""Search in Chinese without a segmenter: overlapping bigrams in the database's own full-text index."""

from chengyun.kernel.search.index import Text, forget, index, index_many, matches
from chengyun.kernel.search.registry import Hit, register_search, search

__all__ = ["Hit", "Text", "forget", "index", "index_many", "matches", "register_search", "search"]
