import chengyun.kernel.ids
import chengyun.kernel.models.geometry
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("town_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("kind", models.CharField(default="document", max_length=24)),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("number", models.CharField(blank=True, max_length=80)),
                ("dated", models.DateField(blank=True, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("consultation", "Consultation"),
                            ("adopted", "Adopted"),
                            ("issued", "Issued"),
                            ("adjusted", "Adjusted"),
                            ("repealed", "Repealed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "openness",
                    models.CharField(
                        choices=[("public", "Public"), ("on_request", "On Request"), ("internal", "Internal")],
                        default="internal",
                        max_length=10,
                    ),
                ),
                ("reading", models.PositiveIntegerField(default=0)),
                ("corrected", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "indexes": [models.Index(fields=["town_id", "-dated", "-id"], name="plan_document_town")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="plan_document_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("reading", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("level", models.PositiveSmallIntegerField(default=1)),
                ("label", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=300)),
                ("path", models.JSONField(default=list)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_clauses", to="plans.document"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("town_id", models.BigIntegerField()),
                ("grid_id", models.BigIntegerField(blank=True, null=True)),
                ("community_id", models.BigIntegerField(blank=True, null=True)),
                ("department_id", models.BigIntegerField(blank=True, null=True)),
                ("local_day", models.DateField()),
                ("geometry", chengyun.kernel.models.geometry.GeometryField(blank=True, null=True)),
                ("minx", models.FloatField(blank=True, null=True)),
                ("miny", models.FloatField(blank=True, null=True)),
                ("maxx", models.FloatField(blank=True, null=True)),
                ("maxy", models.FloatField(blank=True, null=True)),
                ("h3", models.BigIntegerField(blank=True, null=True)),
                ("reading", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("page", models.PositiveIntegerField(default=1)),
                ("spans", models.JSONField(blank=True, default=list)),
                ("confidence", models.FloatField(default=1.0)),
                ("origin", models.CharField(default="read", max_length=12)),
                ("evidence", models.JSONField(blank=True, default=dict)),
                ("as_read", models.JSONField(blank=True, default=dict)),
                ("corrected", models.JSONField(blank=True, default=dict)),
                ("accepted_by", models.CharField(blank=True, max_length=60)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("category", models.CharField(blank=True, max_length=80)),
                ("box", models.CharField(blank=True, max_length=200)),
                ("cells", models.JSONField(blank=True, default=dict)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(default="proposed", max_length=12)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("investment", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("light", models.CharField(default="grey", max_length=6)),
                ("light_why", models.JSONField(blank=True, default=dict)),
                ("light_on", models.DateField(blank=True, null=True)),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_projects",
                        to="plans.clause",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_projects",
                        to="plans.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("planned", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                ("paid", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_payments", to="plans.project"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("file", models.UUIDField()),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("job", models.UUIDField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "Queued"), ("done", "Done"), ("failed", "Failed")],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=40)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("lines", models.JSONField(blank=True, default=list)),
                ("result", models.JSONField(blank=True, default=dict)),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("difference", models.JSONField(blank=True, default=dict)),
                ("compiler", models.CharField(blank=True, max_length=20)),
                ("seconds", models.FloatField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_readings", to="plans.document"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(max_length=200)),
                ("planned_start", models.DateField(blank=True, null=True)),
                ("planned_end", models.DateField(blank=True, null=True)),
                ("actual_start", models.DateField(blank=True, null=True)),
                ("actual_end", models.DateField(blank=True, null=True)),
                ("event", models.CharField(blank=True, max_length=200)),
                ("months", models.IntegerField(blank=True, null=True)),
                ("weight", models.FloatField(default=1.0)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_stages",
                        to="plans.document",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_stages",
                        to="plans.project",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reading", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("page", models.PositiveIntegerField(default=1)),
                ("spans", models.JSONField(blank=True, default=list)),
                ("confidence", models.FloatField(default=1.0)),
                ("origin", models.CharField(default="read", max_length=12)),
                ("evidence", models.JSONField(blank=True, default=dict)),
                ("as_read", models.JSONField(blank=True, default=dict)),
                ("corrected", models.JSONField(blank=True, default=dict)),
                ("accepted_by", models.CharField(blank=True, max_length=60)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("town_id", models.BigIntegerField()),
                ("department_id", models.BigIntegerField(blank=True, null=True)),
                ("kind", models.CharField(default="target", max_length=12)),
                ("object", models.CharField(max_length=200)),
                ("indicator", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("comparator", models.CharField(default=">=", max_length=2)),
                ("value", models.FloatField(blank=True, null=True)),
                ("value_max", models.FloatField(blank=True, null=True)),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("norm_value", models.FloatField(blank=True, null=True)),
                ("norm_max", models.FloatField(blank=True, null=True)),
                ("norm_unit", models.CharField(blank=True, max_length=40)),
                ("by_on", models.DateField(blank=True, null=True)),
                ("by_words", models.CharField(blank=True, max_length=20)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("recurrence", models.CharField(blank=True, max_length=12)),
                ("floor", models.BooleanField(default=False)),
                ("baseline", models.FloatField(blank=True, null=True)),
                ("baseline_unit", models.CharField(blank=True, max_length=40)),
                ("reference", models.CharField(blank=True, max_length=200)),
                ("question", models.CharField(blank=True, max_length=300)),
                ("ascending", models.BooleanField(default=True)),
                (
                    "aggregation",
                    models.CharField(
                        choices=[("sum", "Sum"), ("mean", "Mean"), ("last", "Last")], default="last", max_length=4
                    ),
                ),
                (
                    "binding",
                    models.CharField(
                        choices=[("unbound", "Unbound"), ("bound", "Bound"), ("open", "Open")],
                        default="unbound",
                        max_length=7,
                    ),
                ),
                ("indicator_code", models.CharField(blank=True, max_length=60)),
                ("state", models.CharField(default="proposed", max_length=12)),
                ("light", models.CharField(default="grey", max_length=6)),
                ("light_why", models.JSONField(blank=True, default=dict)),
                ("light_on", models.DateField(blank=True, null=True)),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_targets",
                        to="plans.clause",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_targets",
                        to="plans.document",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_merged",
                        to="plans.target",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_parameters",
                        to="plans.project",
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_again",
                        to="plans.target",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Actual",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("value", models.FloatField()),
                (
                    "source",
                    models.CharField(
                        choices=[("indicator", "Indicator"), ("report", "Report"), ("hand", "Hand")], max_length=9
                    ),
                ),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_actuals", to="plans.target"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("town_id", models.BigIntegerField()),
                ("grid_id", models.BigIntegerField(blank=True, null=True)),
                ("community_id", models.BigIntegerField(blank=True, null=True)),
                ("department_id", models.BigIntegerField(blank=True, null=True)),
                ("local_day", models.DateField()),
                ("geometry", chengyun.kernel.models.geometry.GeometryField(blank=True, null=True)),
                ("minx", models.FloatField(blank=True, null=True)),
                ("miny", models.FloatField(blank=True, null=True)),
                ("maxx", models.FloatField(blank=True, null=True)),
                ("maxy", models.FloatField(blank=True, null=True)),
                ("h3", models.BigIntegerField(blank=True, null=True)),
                ("reading", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("page", models.PositiveIntegerField(default=1)),
                ("spans", models.JSONField(blank=True, default=list)),
                ("confidence", models.FloatField(default=1.0)),
                ("origin", models.CharField(default="read", max_length=12)),
                ("evidence", models.JSONField(blank=True, default=dict)),
                ("as_read", models.JSONField(blank=True, default=dict)),
                ("corrected", models.JSONField(blank=True, default=dict)),
                ("accepted_by", models.CharField(blank=True, max_length=60)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("label", models.CharField(blank=True, max_length=40)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("path", models.JSONField(blank=True, default=list)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("notes", models.JSONField(blank=True, default=dict)),
                ("lead_words", models.CharField(blank=True, max_length=120)),
                ("lead_post_id", models.BigIntegerField(blank=True, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_rule", models.CharField(default="none", max_length=12)),
                ("due_words", models.CharField(blank=True, max_length=200)),
                ("due_dates", models.JSONField(blank=True, default=list)),
                ("due_event", models.CharField(blank=True, max_length=200)),
                ("due_months", models.IntegerField(blank=True, null=True)),
                ("event_on", models.DateField(blank=True, null=True)),
                ("recurrence", models.CharField(blank=True, max_length=12)),
                ("before_issue", models.BooleanField(default=False)),
                ("due_confirmed", models.BooleanField(default=False)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(default="proposed", max_length=12)),
                ("told", models.BooleanField(default=False)),
                ("gap", models.JSONField(blank=True, default=dict)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("consent_due_at", models.DateTimeField(blank=True, null=True)),
                ("live_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, max_length=60)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("reopenings", models.PositiveSmallIntegerField(default=0)),
                ("light", models.CharField(default="grey", max_length=6)),
                ("light_why", models.JSONField(blank=True, default=dict)),
                ("light_on", models.DateField(blank=True, null=True)),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_tasks",
                        to="plans.clause",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_tasks",
                        to="plans.document",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_merged",
                        to="plans.task",
                    ),
                ),
                (
                    "split_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_pieces",
                        to="plans.task",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="target",
            name="task",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="plan_targets",
                to="plans.task",
            ),
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("area_id", models.BigIntegerField(blank=True, null=True)),
                ("department_id", models.BigIntegerField(blank=True, null=True)),
                ("value", models.FloatField(blank=True, null=True)),
                ("label", models.CharField(blank=True, max_length=200)),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_shares",
                        to="plans.target",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_shares",
                        to="plans.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("reading", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("spans", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("answered", "Answered"), ("dismissed", "Dismissed")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("answered_by", models.CharField(blank=True, max_length=60)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_questions", to="plans.document"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_questions",
                        to="plans.target",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_questions",
                        to="plans.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("department_id", models.BigIntegerField(blank=True, null=True)),
                ("area_id", models.BigIntegerField(blank=True, null=True)),
                ("words", models.CharField(max_length=120)),
                ("role", models.CharField(choices=[("lead", "Lead"), ("supporting", "Supporting")], max_length=10)),
                ("inferred", models.BooleanField(default=False)),
                ("generic", models.BooleanField(default=False)),
                ("question", models.CharField(blank=True, max_length=200)),
                ("spans", models.JSONField(blank=True, default=list)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("none", "None"),
                            ("asked", "Asked"),
                            ("consented", "Consented"),
                            ("objected", "Objected"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("answered_by", models.CharField(blank=True, max_length=60)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_parties", to="plans.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Alignment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("confirmed", "Confirmed"), ("refused", "Refused")],
                        default="proposed",
                        max_length=9,
                    ),
                ),
                ("score", models.FloatField(default=1.0)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                (
                    "lower_target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_serves",
                        to="plans.target",
                    ),
                ),
                (
                    "upper_target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_served_by",
                        to="plans.target",
                    ),
                ),
                (
                    "lower_task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_serves",
                        to="plans.task",
                    ),
                ),
                (
                    "upper_task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_served_by",
                        to="plans.task",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("objected", "Objected"),
                            ("consented", "Consented"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("changes", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=500)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("due_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_adjustments", to="plans.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitName",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField(default=chengyun.kernel.ids.new_uuid, editable=False, unique=True)),
                ("town_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("short", "Short"), ("former", "Former"), ("generic", "Generic")],
                        default="short",
                        max_length=8,
                    ),
                ),
                ("departments", models.JSONField(default=list)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("town_id", "key"), name="plan_unit_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Upstream",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=300)),
                ("number", models.CharField(blank=True, max_length=80)),
                (
                    "above",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_downstream",
                        to="plans.document",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_upstream", to="plans.document"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(fields=("document", "reading", "number"), name="plan_clause_number"),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["town_id", "state", "id"], name="plan_project_town"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("light__in", ["grey", "green", "yellow", "red"])), name="plan_project_light"
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("investment", None), ("investment__gte", 0), _connector="OR"),
                name="plan_project_investment",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(fields=("project", "month"), name="plan_payment_month"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned__gte", 0), ("paid__gte", 0)), name="plan_payment_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="plan_reading_number"),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(("project__isnull", False), ("document__isnull", False), _connector="OR"),
                name="plan_stage_of_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="plan_stage_weight"),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_start", None),
                    ("planned_end", None),
                    ("planned_end__gte", models.F("planned_start")),
                    _connector="OR",
                ),
                name="plan_stage_planned",
            ),
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("actual_start", None),
                    ("actual_end", None),
                    ("actual_end__gte", models.F("actual_start")),
                    _connector="OR",
                ),
                name="plan_stage_actual",
            ),
        ),
        migrations.AddConstraint(
            model_name="actual",
            constraint=models.UniqueConstraint(fields=("target", "day", "source"), name="plan_actual_once"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["town_id", "due_on", "id"], name="plan_task_town_due"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["department_id", "due_on", "id"], name="plan_task_department_due"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["document", "position", "id"], name="plan_task_document"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["state", "due_on"], name="plan_task_state"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["minx", "miny"], name="plan_task_point"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(("progress__lte", 100)), name="plan_task_progress"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("light__in", ["grey", "green", "yellow", "red"])), name="plan_task_light"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", False), _connector="OR"
                ),
                name="plan_task_merged",
            ),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["town_id", "state", "kind"], name="plan_target_town"),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["document", "position", "id"], name="plan_target_document"),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(
                condition=models.Q(("indicator_code", ""), _negated=True),
                fields=["indicator_code"],
                name="plan_target_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["target", "achievement", "parameter", "fact", "candidate"])),
                name="plan_target_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("comparator__in", [">=", "<=", ">", "<", "="])), name="plan_target_comparator"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("binding", "bound"), _negated=True),
                    models.Q(("indicator_code", ""), _negated=True),
                    _connector="OR",
                ),
                name="plan_target_bound_to_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("light__in", ["grey", "green", "yellow", "red"])), name="plan_target_light"
            ),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["department_id"], name="plan_share_department"),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("task__isnull", False), ("target", None)),
                    models.Q(("task", None), ("target__isnull", False)),
                    _connector="OR",
                ),
                name="plan_share_of_one_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["document", "state"], name="plan_question_document"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["department_id", "task"], name="plan_party_department"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("department_id__isnull", False)),
                fields=("task", "department_id"),
                name="plan_party_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "lead")), fields=("task",), name="plan_party_one_lead"
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lower_task__isnull", False)),
                fields=("lower_task", "upper_task"),
                name="plan_alignment_task_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lower_target__isnull", False)),
                fields=("lower_target", "upper_target"),
                name="plan_alignment_target_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lower_task__isnull", False), ("upper_task__isnull", False), ("lower_target", None)),
                    models.Q(("lower_target__isnull", False), ("upper_target__isnull", False), ("lower_task", None)),
                    _connector="OR",
                ),
                name="plan_alignment_of_two_alike",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lower_task", None),
                    models.Q(("lower_task", models.F("upper_task")), _negated=True),
                    _connector="OR",
                ),
                name="plan_alignment_not_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lower_target", None),
                    models.Q(("lower_target", models.F("upper_target")), _negated=True),
                    _connector="OR",
                ),
                name="plan_alignment_target_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "objected", "consented"])),
                fields=("task",),
                name="plan_adjustment_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="upstream",
            constraint=models.UniqueConstraint(fields=("document", "title"), name="plan_upstream_once"),
        ),
    ]
