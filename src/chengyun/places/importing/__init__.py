"""Imports: stage a file, apply it in short batches under a number, show it at once."""
