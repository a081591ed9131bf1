from django.db import migrations


def widen(apps, _):
    """What a department answered to a change stands with its reason and moment from now on."""
    rows = apps.get_model("plans", "Adjustment")._base_manager.exclude(answers={})
    for row in rows.only("answers").iterator():
        row.answers = {key: said if isinstance(said, dict) else {"answer": said} for key, said in row.answers.items()}
        row.save(update_fields=["answers"])


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunPython(widen, migrations.RunPython.noop)]
