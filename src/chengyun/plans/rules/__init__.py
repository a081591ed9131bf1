"""Decisions of the room: pure, no database, no clock."""
