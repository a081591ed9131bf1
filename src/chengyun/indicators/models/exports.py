"""What somebody took out of the room as a file."""

from typing import ClassVar

from django.db import models

from chengyun.kernel.models import Exported


class Export(Exported):
    """Figures of indicators, what fails one, or the life circle, as `what` says."""

    subject_kind: ClassVar[str] = "figures_export"

    what = models.CharField(max_length=12)

    class Meta:
        app_label = "indicators"
