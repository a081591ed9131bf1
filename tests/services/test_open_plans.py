"""What everybody may see of plans, without an account."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from chengyun.kernel.ids import new_uuid
from chengyun.places.models import Town
from chengyun.plans.models import Document, Publication

CONTENT = {
    "town": "云岸镇", "title": "行动计划", "number": "1", "as_of": "2026-11-20",
    "tasks": [{"title": "新建口袋公园", "department": "绿容所", "due": "", "progress": 40, "state": "attention"}],
    "targets": [{"object": "新增绿地", "comparator": ">=", "value": 3.5, "value_max": None, "unit": "万平方米",
                 "actual": 2.0, "by": "2026-12", "state": "on_track"}],
    "projects": [],
}  # fmt: skip


@pytest.fixture
def publication(db: None) -> Publication:
    town = Town.objects.create(code="YA", name="云岸镇")
    document = Document.objects.create(town_id=town.pk, title="行动计划", state="issued", openness="public")
    row: Publication = Publication.objects.create(
        town_id=town.pk, document=document, title="行动计划", content=CONTENT, published_at=timezone.now()
    )
    return row


def test_a_resident_reads_a_plan_and_its_progress(publication: Publication) -> None:
    browser = Client()
    assert "行动计划" in browser.get("/open/plans/").content.decode()
    text = browser.get(f"/open/plans/{publication.uuid}").content.decode()
    assert "新建口袋公园" in text
    assert "≥3.5 万平方米" in text
    assert "Being sped up" in browser.get(f"/open/plans/{publication.uuid}?lang=en").content.decode()
    table = browser.get(f"/open/plans/{publication.uuid}/table.xlsx")
    assert (table.status_code, table.content[:2]) == (200, b"PK")


def test_what_was_withdrawn_is_not_there(publication: Publication) -> None:
    browser: Any = Client()
    Publication.objects.as_system("test").filter(pk=publication.pk).update(state="withdrawn")
    assert browser.get(f"/open/plans/{publication.uuid}").status_code == 404
    assert browser.get(f"/open/plans/{new_uuid()}").status_code == 404
