"""Registers 台账: lists that departments keep, brought in from a file or by hand, and measured like anything else."""
