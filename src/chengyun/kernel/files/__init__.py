"""Attachments: taken in warily, kept by content, shown to whoever may see the subject they belong to."""
