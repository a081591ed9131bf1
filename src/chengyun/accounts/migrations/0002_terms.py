"""On PostgreSQL the database itself refuses terms of a post that overlap; SQLite has no such constraint."""

from django.db import migrations

# A range of one number instead of "=": so that no extension (btree_gist) has to be installed.
ADD = """
ALTER TABLE accounts_tenure ADD CONSTRAINT tenure_no_overlap EXCLUDE USING gist (
    int8range(post_id, post_id, '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&
)
"""
DROP = "ALTER TABLE accounts_tenure DROP CONSTRAINT tenure_no_overlap"


def add(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(ADD)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
