"""Decisions about cases: pure, without table, request or clock of their own. Bulk history calls the same ones."""
