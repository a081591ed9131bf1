"""The same words from every kind of file; and a clear answer for a file that cannot be read."""

import contextlib
import io
import re
import time
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from chengyun.plans.compiler import Document, ReadError, read, to_json, wording
from chengyun.plans.compiler.readers import plain
from chengyun.plans.compiler.show import show
from chengyun.plans.compiler.source import Remark
from plans import office
from plans.pdf_writer import Page, table, write

EXPECTED = [
    (["城市管理", "架空线整治"], "沈望舒", ["城建中心"], ["规建办", "执法队"], "2024-03"),
    (["城市管理", "架空线整治"], "沈望舒", ["城运中心"], ["望湖居民区"], "2024-03"),
    (["城市管理", "无违建巩固"], "顾长宁", ["综合行政执法队"], [], "2024-03"),
    (["民生服务", "适老化改造"], "叶知秋", ["社建办"], ["社区服务中心"], "2024-03"),
    (["民生服务", "就业创业"], "叶知秋", ["社建办（就业所）"], ["工会", "妇联"], None),
]


def pdf() -> bytes:
    page = Page()
    page.text(150, 60, office.TITLE, 16)
    rows: list[list[str | None]] = [list(office.HEADS)]
    rows += [[None if c in {1, 2} and not text else text for c, text in enumerate(row)] for row in office.ROWS]
    table(page, 90, [26, 40, 50, 170, 44, 64, 64, 50], rows)
    return write([page])


def unruled() -> bytes:
    """The table without lines: cells one below the other, each at the left edge of its column."""
    page = Page()
    page.text(150, 60, office.TITLE, 16)
    lefts, y = [40, 66, 110, 164, 340, 388, 456, 524], 90.0
    for place, name in zip(lefts, office.HEADS, strict=True):
        page.text(place, y, name, 9)
    for row in office.ROWS:
        y += 44
        for left, text, count in zip(lefts, row, (3, 4, 5, 18, 4, 7, 7, 6), strict=True):
            page.lines(left, y, [text[i : i + count] for i in range(0, len(text), count)], 9, 11)
    return write([page])


def facts(document: Document) -> list[tuple[list[str], str | None, list[str], list[str], str | None]]:
    return [
        (task.path, task.lead.value if task.lead else None, [p.name.value for p in task.departments],
         [p.name.value for p in task.supporting], task.deadline.chief)
        for task in document.tasks
    ]  # fmt: skip


@pytest.mark.parametrize("make", [office.excel, office.word_table, pdf, unruled])
def test_a_task_table_is_the_same_from_every_kind_of_file(make: object) -> None:
    document = read(make())  # type: ignore[operator]
    assert facts(document) == EXPECTED
    assert [task.text.value for task in document.tasks] == [row[3] for row in office.ROWS]
    assert document.unverified() == []
    assert document.meta.title is not None
    assert document.meta.title.value == office.TITLE
    assert to_json(document)["plan_year"] == 2024


def test_numbers_that_word_writes_itself_make_the_headings() -> None:
    document = read(office.word_text([
        (None, "云岸镇2024年工作要点"), (0, "推进城市更新"), (1, "实施美丽街区建设。"),
        (2, "完成3条道路整治。（责任部门：城建中心；时间节点：6月）"),
        (2, "新建口袋公园2个。（责任部门：绿容所；时间节点：9月）"),
        (1, "推进住房修缮。"), (None, "完成旧住房修缮5万平方米。（责任部门：房管办；时间节点：12月）"),
    ]))  # fmt: skip
    assert [(task.path, task.label, task.deadline.chief) for task in document.tasks] == [
        (["推进城市更新", "实施美丽街区建设"], "1.", "2024-06"),
        (["推进城市更新", "实施美丽街区建设"], "2.", "2024-09"),
        (["推进城市更新", "推进住房修缮"], "", "2024-12"),
    ]
    assert document.unverified() == []


def test_page_numbers_and_running_titles_are_no_text() -> None:
    pages = []
    for number in range(1, 5):
        page = Page()
        page.text(200, 30, "云岸镇文件汇编", 9)
        page.lines(
            60,
            70,
            [
                f"{number}.推进第{number}段道路修复工作，完成路面整治和雨污管道疏",
                "通。（责任部门：城建中心；时间节点：9月）",
            ],
        )
        page.text(290, 820, f"- {number} -", 9)
        pages.append(page)
    document = read(write(pages))
    assert [task.number for task in document.tasks] == [1, 2, 3, 4]
    assert all(task.text.value.endswith("雨污管道疏通。") for task in document.tasks)
    assert "文件汇编" not in document.text


def test_a_page_is_read_fast() -> None:
    pages = []
    for number in range(40):
        page = Page()
        page.lines(60, 60, [f"推进第{number}段道路修复工作，完成路面整治、雨污管道疏通和沿线绿化补种。"] * 40)
        pages.append(page)
    data = write(pages)
    begin = time.process_time()
    read(data)
    assert (time.process_time() - begin) / 40 <= 0.15


def packed(**names: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def scanned() -> bytes:
    page = Page()
    page.picture = True
    return write([page])


@pytest.mark.parametrize(("data", "code"), [
    (b"", "empty"), (b" \r\n\t ", "empty"), (b"\x00" * 5000, "empty"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not_a_document"),
    (b"\xff\xd8\xff\xe0" + b"1" * 400, "not_a_document"),
    (bytes((place * 89 + 40) % 256 for place in range(4000)), "not_a_document"),
    (("これは計画書です。重点事業を推進する。\n" * 9).encode("shift_jis"), "encoding"),
    (("Ünïcödé plän déjà vu. " * 20).encode("latin-1"), "encoding"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, "old_word"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    (b"%PDF-1.4 and nothing else", "damaged"), (b"PK\x03\x04 broken", "damaged"),
    (packed(a=b"1"), "not_a_document"), (packed(word__document=b"1"), "not_a_document"),
    (write([Page()], encrypt=True), "encrypted"), (scanned(), "scanned"),
    ("规划".encode("utf-16-le") * 200, "not_a_document"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_has_a_clear_answer(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == code
    assert caught.value.detail
    assert "\n" not in caught.value.detail


def test_a_file_that_unpacks_without_end_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as entry:
        for _ in range(450):
            entry.write(b"\x00" * (1 << 20))
    with pytest.raises(ReadError) as caught:
        read(out.getvalue())
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_encoding_of_an_office_gives_the_same_text(encoding: str) -> None:
    text = "一、推进建设\r\n1.完成道路整治3条。（责任部门：城建中心；时间节点：6月）\r\n"
    document = read(text.encode(encoding))
    assert document.text == text.replace("\r\n", "\n")
    assert [party.name.value for party in document.tasks[0].departments] == ["城建中心"]


def test_reading_stops_when_its_time_is_over() -> None:
    text = "1.完成道路整治3条，新增泊位20个。（责任部门：城建中心；时间节点：6月）\n" * 20_000
    begin = time.monotonic()
    with pytest.raises(ReadError) as caught:
        read(text.encode(), seconds=0.5)
    assert caught.value.code == "too_slow"
    assert time.monotonic() - begin < 20


CHINESE = st.text(
    alphabet="一二三（）()：:；，。、责任部门牵头单位配合完成时间节点月年底前各居民区办局完成新增1234567890.%万亿个条平方米"
    "|\n -*“”《》第章附件专栏序号工作内容X—～至",
    max_size=400,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CHINESE)
@example("（责任部门：")
@example("| 序号 | 工作内容 | 责任部门 |\n|---|---|---|\n|||")
@example("一、（一）1.（1）①")
def test_any_chinese_text_is_read_or_refused_and_every_span_holds(text: str) -> None:
    try:
        document = read(text.encode(), seconds=60)
    except ReadError:
        return
    assert document.unverified() == []
    to_json(document)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=600), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_any_bytes_are_read_or_refused(data: bytes, start: bytes) -> None:
    with contextlib.suppress(ReadError):
        read(start + data, seconds=60)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(["pdf", "docx", "xlsx"]), st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_office_file_is_read_or_refused(kind: str, place: int, noise: bytes) -> None:
    data = bytearray({"pdf": pdf, "docx": office.word_table, "xlsx": office.excel}[kind]())
    place %= len(data)
    data[place : place + len(noise)] = noise
    with contextlib.suppress(ReadError):
        read(bytes(data), seconds=60)


def test_a_text_is_decoded_without_losing_a_place() -> None:
    assert plain.decode(b"\xef\xbb\xbf\xe4\xb8\x80\r\n\r2") == "一\n\n2"


def test_big5_is_told_by_how_it_reads_and_says_so() -> None:
    text = "雲岸鎮2026年工作要點\n\n一、重點工作\n\n1.推進口袋公園建設，新建口袋公園4個，綠地達標率達到95%以上。\n"
    document = read(text.encode("big5"))
    assert document.text == text
    (told,) = document.source.warnings
    assert (told.code, wording.remark(told, "zh")[:7]) == ("traditional", "文字为繁体（B")
    assert to_json(document)["warnings"] == [wording.remark(told, "en")]


@pytest.mark.parametrize("one", [
    Remark("page.damaged", "page 3 is damaged and was left out", "3"), Remark("page.scanned", "pages 1, 2", "1、2"),
    Remark("sheet.cut", "sheet A: only the first rows were read", "A"), Remark("traditional", "traditional characters"),
])  # fmt: skip
def test_what_was_left_out_is_told_in_the_reader_s_language(one: Remark) -> None:
    assert wording.remark(one, "en") == one.detail
    assert one.about in wording.remark(one, "zh")
    assert re.search(r"[\u4e00-\u9fff]{4}", wording.remark(one, "zh"))


def test_a_long_table_on_a_terminal_ends_with_how_much_is_left() -> None:
    text = "".join(f"{number % 900 + 1}.新建泊位{number + 20}个。\n" for number in range(450))
    out = io.StringIO()
    show(read(f"云岸镇2026年工作要点\n\n一、任务\n\n{text}".encode()), Console(file=out, width=100))
    assert "另有 50 行" in out.getvalue()
