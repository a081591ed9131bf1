"""Documents, what the compiler read in each version of them, their clauses, and what is left open."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengyun.kernel.access import Scoping
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.models import Subject


class Status(models.TextChoices):
    """文件状态. A draft can be read and reviewed, and nothing of it executed."""

    DRAFT = "draft"  # 草案
    CONSULTATION = "consultation"  # 征求意见
    ADOPTED = "adopted"  # 审议通过
    ISSUED = "issued"  # 印发
    ADJUSTED = "adjusted"  # 调整
    REPEALED = "repealed"  # 废止


class Openness(models.TextChoices):
    """公开属性."""

    PUBLIC = "public"  # 主动公开
    ON_REQUEST = "on_request"  # 依申请公开
    INTERNAL = "internal"  # 内部


class Document(Subject):
    """A plan document 文件. `reading` is the number of the reading that its items come from (0: none yet).

    Scoped by the town alone: a department sees a document through its own tasks (`queries.documents`).
    """

    subject_kind: ClassVar[str] = "plan_document"
    scoping: ClassVar[Scoping] = Scoping()

    town_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=24, default="document")
    issuer = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=80, blank=True)
    dated = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    openness = models.CharField(max_length=10, choices=Openness.choices, default=Openness.INTERNAL)
    reading = models.PositiveIntegerField(default=0)
    corrected = models.JSONField(default=dict, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="plan_document_period",
            ),
        ]
        indexes = [models.Index(fields=["town_id", "-dated", "-id"], name="plan_document_town")]


class Upstream(models.Model):
    """上位文件: a document that another names as its ground; `above` where it is here too."""

    id = models.BigAutoField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="upstream")
    above = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="downstream")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["document", "title"], name="plan_upstream_once")]


class Reading(models.Model):
    """One reading of one version of a document's file by the compiler.

    `result` is the whole JSON of the compiler, `text` what its spans count in, `lines` the ranges [start, end, page]
    that the review screen shows as paragraphs. `error` is the compiler's code where the file could not be read.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        FAILED = "failed"

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField()
    file = models.UUIDField()
    file_name = models.CharField(max_length=200, blank=True)
    job = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    error = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    lines = models.JSONField(default=list, blank=True)
    result = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    difference = models.JSONField(default=dict, blank=True)
    compiler = models.CharField(max_length=20, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="plan_reading_number")]


class Clause(models.Model):
    """A heading of a document with its path from the first level down: where a task or target stands."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="clauses")
    reading = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    path = models.JSONField(default=list)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["document", "reading", "number"], name="plan_clause_number")]


class UnitName(models.Model):
    """部门名称对照: what a unit is called in documents, and which departments are meant.

    One department for a full, short, bracketed or former name; several for a generic one (各居村). `key` is the name in
    one width and without spaces.
    """

    class Kind(models.TextChoices):
        SHORT = "short"
        FORMER = "former"
        GENERIC = "generic"

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    town_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SHORT)
    departments = models.JSONField(default=list)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        app_label = "plans"
        constraints = [models.UniqueConstraint(fields=["town_id", "key"], name="plan_unit_name_once")]
