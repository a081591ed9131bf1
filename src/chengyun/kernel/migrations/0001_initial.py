import chengyun.kernel.ids
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("value", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Cursor",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Lease",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("owner", models.CharField(max_length=60)),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("kind", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("next_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first", models.BigIntegerField(unique=True)),
                ("last", models.BigIntegerField(unique=True)),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("town_id", models.BigIntegerField(blank=True, null=True)),
                ("name", models.CharField(max_length=80)),
                ("url", models.CharField(max_length=500)),
                ("secret", models.CharField(max_length=80)),
                ("events", models.JSONField(default=list)),
                ("active", models.BooleanField(default=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.CharField(max_length=60)),
                ("key", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("body", models.BinaryField()),
                ("given_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("actor_kind", "actor_id", "key"), name="answer_once")],
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("town_id", models.BigIntegerField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("current", models.BooleanField(default=True)),
                ("notice", models.CharField(blank=True, max_length=120)),
                ("issued", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True), ("town_id", None)),
                        fields=("year",),
                        name="calendar_current_of_all",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True), ("town_id__isnull", False)),
                        fields=("town_id", "year"),
                        name="calendar_current_of_town",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(null=True, unique=True)),
                ("stream", models.CharField(max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("event", models.CharField(max_length=60)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.CharField(max_length=60)),
                ("town_id", models.BigIntegerField(null=True)),
                ("area_ids", models.JSONField(default=list)),
                ("department_ids", models.JSONField(default=list)),
                ("people_ids", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=0)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("facts", models.BinaryField()),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                ("historic", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["town_id", "id"], name="entry_town"),
                    models.Index(condition=models.Q(("position", None)), fields=["id"], name="entry_unplaced"),
                    models.Index(condition=models.Q(("historic", False)), fields=["position"], name="entry_live"),
                ],
                "constraints": [models.UniqueConstraint(fields=("stream", "number"), name="entry_stream_number")],
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("source", models.CharField(max_length=64)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("mime", models.CharField(max_length=80)),
                ("size", models.BigIntegerField()),
                ("purpose", models.CharField(max_length=40)),
                ("width", models.PositiveIntegerField(blank=True, null=True)),
                ("height", models.PositiveIntegerField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("thumb", models.CharField(blank=True, db_index=True, max_length=64)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.CharField(max_length=60)),
                ("owner_kind", models.CharField(blank=True, max_length=20)),
                ("owner", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner_kind", "owner"], name="file_owner"),
                    models.Index(condition=models.Q(("owner", None)), fields=["created_at"], name="file_loose"),
                    models.Index(fields=["actor_kind", "actor_id", "source"], name="file_digest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("owner", None)),
                        fields=("actor_kind", "actor_id", "source", "purpose"),
                        name="file_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("listener", models.CharField(max_length=80)),
                ("position", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("listener", "position"), name="heard_once")],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("town_id", models.BigIntegerField(blank=True, null=True)),
                ("kind", models.CharField(max_length=60)),
                ("key", models.CharField(blank=True, max_length=120)),
                ("params", models.JSONField(default=dict)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=9,
                    ),
                ),
                ("run_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(blank=True, null=True)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("checkpoint", models.JSONField(default=dict)),
                ("result", models.JSONField(default=dict)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("cancel_asked", models.BooleanField(default=False)),
                ("worker", models.CharField(blank=True, max_length=60)),
                ("beat_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "queued")), fields=["run_at", "id"], name="job_queue"),
                    models.Index(condition=models.Q(("state", "running")), fields=["beat_at"], name="job_running"),
                    models.Index(fields=["actor_kind", "actor_id", "-id"], name="job_actor"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"]), models.Q(("key", ""), _negated=True)),
                        fields=("kind", "key"),
                        name="job_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "running", "done", "failed", "cancelled"])),
                        name="job_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeHours",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("town_id", models.BigIntegerField(blank=True, null=True)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("current", models.BooleanField(default=True)),
                ("hours", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True), ("town_id", None)), fields=("code",), name="hours_of_all"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True), ("town_id__isnull", False)),
                        fields=("town_id", "code"),
                        name="hours_of_town",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("town_id", models.BigIntegerField(blank=True, null=True)),
                ("listener", models.CharField(max_length=80)),
                ("position", models.BigIntegerField()),
                ("stream", models.CharField(max_length=60)),
                ("event", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("dead", "Dead"), ("skipped", "Skipped")],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("error", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "skipped"), _negated=True),
                        fields=["listener", "stream", "position"],
                        name="parcel_order",
                    ),
                    models.Index(condition=models.Q(("state", "waiting")), fields=["next_at"], name="parcel_due"),
                    models.Index(condition=models.Q(("state", "dead")), fields=["-id"], name="parcel_dead"),
                ],
                "constraints": [models.UniqueConstraint(fields=("listener", "position"), name="parcel_once")],
            },
        ),
        migrations.CreateModel(
            name="Private",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("stream", models.CharField(max_length=60)),
                ("purpose", models.CharField(max_length=40)),
                ("text", models.TextField(null=True)),
                ("salt", models.BinaryField(max_length=16, null=True)),
                ("created_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["stream"], name="private_stream")],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.UUIDField()),
                ("town_id", models.BigIntegerField(blank=True, null=True)),
                ("grams", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "subject"), name="searchtext_once")],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("kind", models.CharField(choices=[("holiday", "Holiday"), ("workday", "Workday")], max_length=7)),
                ("name", models.CharField(max_length=40)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days", to="kernel.calendaryear"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("calendar", "day"), name="calendarday_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["holiday", "workday"])), name="calendarday_kind"
                    ),
                ],
            },
        ),
    ]
