"""The town's classes and practice: whole, checked by line and field, its own after init."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from chengyun.cases.classes import (
    BadTable,
    export_standards,
    install_standards,
    parse_limit,
    read_standards,
    write_default,
)
from chengyun.kernel.worktime import End, Start, Unit


def test_the_table_has_the_majors_of_the_standard_and_enough_small_classes() -> None:
    book = read_standards(Path("nowhere")).book
    kinds = [major.kind for major in book.majors.values()]
    assert (kinds.count("part"), kinds.count("event")) == (5, 6)
    assert len(book.classes) >= 110
    assert all(c.accept and c.close and c.department and c.keywords for c in book.classes.values())
    assert {c.major for c in book.classes.values()} == set(book.majors)


def test_a_limit_reads_in_both_languages_and_keeps_its_rules() -> None:
    days, hours = parse_limit("7 work_days"), parse_limit("4工作时")
    assert (days.limit.unit, days.limit.start, days.limit.end) == (
        Unit.WORK_DAYS, Start.NEXT_WORKING_DAY, End.CLOSE_OF_OFFICE,
    )  # fmt: skip
    assert (hours.limit.amount, hours.limit.unit, hours.limit.start) == (4, Unit.WORK_HOURS, Start.MOMENT)
    assert parse_limit("3 work_days signing").from_signing
    for wrong in ("soon", "3 weeks", "1.5 work_days", "3 work_days later"):
        with pytest.raises(ValueError, match=r"\S"):
            parse_limit(wrong)


def test_a_town_edits_its_own_copy_and_faults_name_line_and_field(tmp_path: Path) -> None:
    write_default(tmp_path)
    text = export_standards(tmp_path, "classes")
    changed = text.replace("P0101,上水井盖", "P0101,自来水井盖")
    assert install_standards(tmp_path, "classes.csv", changed).book.classes["P0101"].zh == "自来水井盖"
    assert read_standards(tmp_path).book.classes["P0101"].zh == "自来水井盖"
    wrong = changed.replace("1 work_days", "one day", 1).replace(",greening,", ",nobody,", 1)
    with pytest.raises(BadTable) as refused:
        install_standards(tmp_path, "classes.csv", wrong)
    fields = {(fault.line, fault.field) for fault in refused.value.faults}
    assert (2, "handle") in fields
    assert any(field == "department" for _, field in fields)
    assert read_standards(tmp_path).book.classes["P0101"].zh == "自来水井盖"


def test_the_practice_is_checked_too(tmp_path: Path) -> None:
    text = export_standards(tmp_path, "practice")
    for wrong in (text.replace("amber: 0.8", "amber: 2"), text.replace("suspend: leader", "suspend: anybody"), "- x"):
        with pytest.raises(BadTable):
            install_standards(tmp_path, "practice.yaml", wrong)


def test_the_clock_may_begin_at_signing(tmp_path: Path) -> None:
    text = export_standards(tmp_path, "classes").replace("井盖|水井盖,manhole", "井盖|水井盖,manhole", 1)
    changed = text.replace("water,1 work_days,2 clock_hours", "water,1 work_days signing,2 clock_hours", 1)
    made = install_standards(tmp_path, "classes.csv", changed)
    assert made.book.classes["P0101"].handle.from_signing


def test_whoever_works_with_the_standards_takes_their_table_home(as_role: Any) -> None:
    answer = as_role("operator").get("cases/classes.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="classes.csv"'
    text = answer.content.decode("utf-8-sig")
    assert text == export_standards(settings.ENV.data, "classes")
