"""Assessment 考核: versions of its scheme, its runs, and the score of each department and post."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Subject


class AssessmentScheme(Subject):
    """One version of the rules 考核细则, in the scoring language. Published, it never changes again."""

    subject_kind: ClassVar[str] = "plan_scheme"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField()
    name = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    text = models.TextField()
    full = models.DecimalField(max_digits=8, decimal_places=2)
    state = models.CharField(max_length=10, default="draft")
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["town_id", "name", "number"], name="plan_scheme_number")]


class AssessedFigure(Subject):
    """A figure that no record holds (表彰, 责任事故): entered by the supervision office with its basis."""

    subject_kind: ClassVar[str] = "plan_figure"
    scoping: ClassVar[Scoping] = Scoping(departments=("department_id",))

    town_id = models.BigIntegerField()
    department_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    day = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=4)
    basis = models.CharField(max_length=300)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "plans"
        indexes = [models.Index(fields=["town_id", "day"], name="plan_figure_town")]


class Assessment(Subject):
    """One run of a scheme over a period. Simulated as often as one likes; published, its scores are frozen."""

    subject_kind: ClassVar[str] = "plan_assessment"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField()
    scheme = models.ForeignKey(AssessmentScheme, on_delete=models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=120)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, default="simulated")
    run_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="plan_assessment_period")]
        indexes = [models.Index(fields=["town_id", "-last", "-id"], name="plan_assessment_town")]


class DepartmentScore(models.Model):
    """What a department (or a leading post) got: `explained` holds every step, `facts` the figures behind them."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    department_id = models.BigIntegerField(null=True, blank=True)
    post_id = models.BigIntegerField(null=True, blank=True)
    total = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    assessed = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    explained = models.JSONField(default=dict)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(department_id__isnull=False) | Q(post_id__isnull=False), name="plan_score_of_somebody"
            ),
            models.UniqueConstraint(fields=["assessment", "department_id", "post_id"], name="plan_score_once"),
        ]
