"""The full-text index over SearchText.grams: FTS5 kept in step by triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE kernel_search_fts USING fts5(grams, content='kernel_searchtext', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER kernel_search_added AFTER INSERT ON kernel_searchtext BEGIN"
    " INSERT INTO kernel_search_fts(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER kernel_search_removed AFTER DELETE ON kernel_searchtext BEGIN"
    " INSERT INTO kernel_search_fts(kernel_search_fts, rowid, grams) VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER kernel_search_changed AFTER UPDATE OF grams ON kernel_searchtext BEGIN"
    " INSERT INTO kernel_search_fts(kernel_search_fts, rowid, grams) VALUES ('delete', old.id, old.grams);"
    " INSERT INTO kernel_search_fts(rowid, grams) VALUES (new.id, new.grams); END",
]
SQLITE_BACK = [
    "DROP TRIGGER kernel_search_added",
    "DROP TRIGGER kernel_search_removed",
    "DROP TRIGGER kernel_search_changed",
    "DROP TABLE kernel_search_fts",
]
POSTGRESQL = ["CREATE INDEX kernel_search_gin ON kernel_searchtext USING gin (to_tsvector('simple', grams))"]
POSTGRESQL_BACK = ["DROP INDEX kernel_search_gin"]


def forwards(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def backwards(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
