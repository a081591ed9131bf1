"""Chengyun 城运: the open operations platform of a Chinese town and of the district above it."""
