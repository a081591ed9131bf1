"""Eighteen months of a synthetic town's cases, made in bulk by the rules, verbs and clocks of the real flow."""
