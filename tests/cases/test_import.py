"""Tables of reports: read, proposed, confirmed, imported once, driven by the real verbs, found by Chinese words."""

import csv
import gzip
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cases.world import SYSTEM, World
from chengyun.cases.around import Suggester, standards
from chengyun.cases.importing.driving import Route, drive
from chengyun.cases.importing.proposing import Confirmed, propose, read_confirmed, write_proposals
from chengyun.cases.importing.reading import open_cases
from chengyun.cases.importing.run import Wish, check_cases, import_cases
from chengyun.cases.models import Case
from chengyun.cases.queries.lists import Filters, seen_by
from chengyun.kernel.refusal import Invalid

ROWS = [
    ("1", "2020/1/6 12:09:38", "路灯不亮", '建设路"三号"路灯坏了，晚上很黑', "城建"),
    ("2", "2020-01-07 08:00", "补课", "学校老师有偿补课，请教育局查处", "教育"),
    ("3", "", "看病", "医院看病收费太贵，医生态度差", "卫生"),
    ("4", "昨天", "时间不对", "这一行的时间读不出来", "城建"),
    ("5", "2020/1/8", "空的", "", "城建"),
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "messages.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "time", "title", "text", "label"), *ROWS])
    return path


def confirmed(table: Path, tmp_path: Path) -> Path:
    """The proposals, with a person's yes on every line."""
    target = tmp_path / "map.csv"
    write_proposals(target, propose((row for _, row in open_cases(table).rows()), standards().book), standards().book)
    target.write_text(target.read_text(encoding="utf-8-sig").replace(",no,", ",yes,"), encoding="utf-8")
    return target


def test_columns_are_guessed_shown_and_corrected(table: Path) -> None:
    opened = open_cases(table)
    assert opened.columns == {"external_id": "id", "time": "time", "title": "title", "text": "text", "label": "label"}
    assert open_cases(table, ["title=text"]).columns["text"] == "title"
    with pytest.raises(Invalid) as refused:
        open_cases(table, ["nothing=text"])
    assert refused.value.code == "cases.bad_map"


def test_nothing_is_mapped_until_a_person_says_yes(table: Path, tmp_path: Path, world: World) -> None:
    target = tmp_path / "map.csv"
    proposals = propose((row for _, row in open_cases(table).rows()), standards().book)
    assert {p.label: p.class_code for p in proposals} == {"城建": "P0109", "教育": "E0618", "卫生": "E0620"}
    write_proposals(target, proposals, standards().book)
    with pytest.raises(Invalid) as refused:
        read_confirmed(target, standards().book, frozenset())
    assert refused.value.code == "cases.nothing_confirmed"
    said = target.read_text(encoding="utf-8-sig").replace(",no,", ",yes,").replace("E0618", "E9999")
    target.write_text(said, encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        read_confirmed(target, standards().book, frozenset())
    assert "line 3, class" in refused.value.detail


def test_rows_become_cases_once_and_bad_ones_are_told(table: Path, tmp_path: Path, world: World) -> None:
    labels = read_confirmed(confirmed(table, tmp_path), standards().book, frozenset())
    wish = Wish(world.town.pk, "messages", labels)
    done = import_cases(open_cases(table), wish, actor=SYSTEM)
    assert (done.new, done.known, done.unplaced, len(done.problems)) == (4, 0, 4, 1)
    assert done.problems[0][0] == "row 5"
    again = import_cases(open_cases(table), wish, actor=SYSTEM)
    assert (again.new, again.known) == (0, 4)
    first = Case.objects.as_system("test").get(external_id="1")
    assert (first.channel, first.class_code, first.reported_at.year) == ("import", "P0109", 2020)
    assert '"三号"' in first.text


def test_a_dry_run_tells_what_the_import_then_does(tmp_path: Path, world: World) -> None:
    path = tmp_path / "odd.csv"
    rows = [
        "编号,时间,内容,电话", "1,2026/13/45,路灯坏了,", "2,2030-01-01,没有来,", "3,46083.5,按天数记的时间,",
        "4,2026-03-02,路灯坏了,12", "3,2026-03-02,同一编号,", f"5,2026-03-02,{'长' * 60_000},",
    ]  # fmt: skip
    path.write_text("\n".join(rows), encoding="gb18030")
    wish, opened = Wish(world.town.pk, "odd"), open_cases(path)
    tried = check_cases(opened, wish, actor=SYSTEM)
    assert not Case.objects.as_system("test").exists()
    done = import_cases(opened, wish, actor=SYSTEM)
    for report in (tried, done):
        assert (report.new, report.known) == (1, 1)
        codes = [(place, why.code) for place, why in report.problems]
        assert codes == [
            ("row 2", "cases.time_unread"), ("row 3", "cases.reported_later"), ("row 5", "cases.phone_wrong"),
            ("row 7", "cases.text_long"),
        ]  # fmt: skip
    only = Case.objects.as_system("test").get()
    assert only.reported_at.astimezone(ZoneInfo("Asia/Shanghai")).isoformat() == "2026-03-02T12:00:00+08:00"


def test_imported_cases_are_driven_to_their_departments(table: Path, tmp_path: Path, world: World) -> None:
    labels = read_confirmed(confirmed(table, tmp_path), standards().book, frozenset())
    import_cases(open_cases(table), Wish(world.town.pk, "messages", labels), actor=SYSTEM)
    done = drive(Route(world.town.pk, "messages", labels), actor=SYSTEM)
    assert done.states == {"dispatched": 4}
    assert done.problems == []
    sent = {c.external_id: c.department_id for c in Case.objects.as_system("test").all()}
    codes = {d.pk: code for code, d in world.departments.items()}
    assert {n: codes[d] for n, d in sent.items()} == {
        "1": "construction",
        "2": "social",
        "3": "social",
        "5": "construction",
    }


def test_a_case_that_nobody_answers_for_stays_where_it_was_and_says_so(
    table: Path, tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = read_confirmed(confirmed(table, tmp_path), standards().book, frozenset())
    unnamed = {label: Confirmed(said.class_code) for label, said in labels.items()}
    import_cases(open_cases(table), Wish(world.town.pk, "messages", unnamed), actor=SYSTEM)
    monkeypatch.setattr(Suggester, "suggest", lambda *_: None)
    done = drive(Route(world.town.pk, "messages", unnamed), actor=SYSTEM)
    assert done.states == {"reported": 4}
    assert {why.code for _, why in done.problems} == {"cases.nobody_responsible"}


@pytest.mark.db
def test_real_messages_are_found_by_what_they_say(world: World, shared_data: Path) -> None:
    """The same ids on both databases: those whose texts hold the words."""
    path = shared_data / "complaints" / "messages-labelled.csv.gz"
    import_cases(open_cases(path), Wish(world.town.pk, "real", most=120), actor=SYSTEM)
    cases = list(Case.objects.as_system("test").all())
    assert len(cases) == 120
    for words in ("噪音", "学校", "小区", "出租车", "请求", "公积金", "A市", "社保", "业主"):
        found = {c.pk for c in seen_by(SYSTEM, Filters(q=words))}
        wanted = {c.pk for c in cases if words.lower() in f"{c.title}\n{c.text[:5000]}".lower()}
        assert found == wanted, words
