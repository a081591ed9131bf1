"""A simulated year of a synthetic town's plans: documents read for real, executed, reported, supervised, assessed."""
