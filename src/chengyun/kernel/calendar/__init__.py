"""The working calendar and the office hours as rows that a town edits."""
