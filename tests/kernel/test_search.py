"""Search: the same texts are found on both databases, and they are those that a reader would find."""

from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.kernel.actor import Actor
from chengyun.kernel.ids import new_uuid
from chengyun.kernel.search import Hit, Text, forget, index, index_many, matches, register_search, registry, search
from chengyun.kernel.search.bigrams import Phrase, column, normal, phrases, terms
from kernel.world import ANNA

TEXTS = [
    ("云岸路25弄3号井盖松动",),
    ("云岸路弄口堆物",),
    ("云岸镇", "中心小学门前积水"),
    ("12345热线转来",),
    ("路灯不亮，旁边井盖也破损",),
    ("Café 25 WiFi 断线",),
    ("𠮷野家 가나 ガスばれ",),
    ("YA-20261122-00001",),
]
QUERIES = [
    line.split("\t")
    for line in (Path(__file__).parent / "queries.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture
def numbers(db: None) -> dict[UUID, int]:
    subjects = [new_uuid() for _ in TEXTS]
    index_many(Text("case", s, 7, t) for s, t in zip(subjects, TEXTS, strict=True))
    index("facility", new_uuid(), 7, ["云岸路25弄"])
    return {subject: number for number, subject in enumerate(subjects, 1)}


@pytest.mark.db
@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_one_file_of_queries_gives_the_same_on_every_database(
    numbers: dict[UUID, int], query: str, expected: str
) -> None:
    found = sorted(numbers[subject] for subject in matches("case", query))
    assert found == ([] if expected == "-" else [int(n) for n in expected.split()])


@pytest.mark.db
def test_what_is_indexed_again_is_found_by_its_new_text_only(numbers: dict[UUID, int]) -> None:
    first = min(numbers, key=lambda subject: numbers[subject])
    index("case", first, 7, ["河道漂浮物"])
    assert list(matches("case", "漂浮")) == [first]
    assert first not in list(matches("case", "云岸路"))
    forget("case", first)
    assert not matches("case", "漂浮").exists()


@pytest.mark.db
def test_matches_narrow_a_query_of_subjects(numbers: dict[UUID, int], django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert matches("case", "云岸").filter(subject__in=matches("case", "井盖")).count() == 1


def test_no_phrase_runs_from_one_text_into_the_next() -> None:
    assert "镇 中" not in column("云岸镇", "中心小学")
    assert terms("云岸镇") == ["云岸", "岸镇", "镇"]


def test_an_empty_query_finds_nothing() -> None:
    assert phrases("，。 ") == []
    assert normal("ＡＢＣ　é") == "abc e"


def stands(query: Phrase, text: list[str]) -> bool:
    """Whether the terms stand in the text one after the other: what both indexes are asked, spelled out."""
    size = len(query.terms)
    for start in range(len(text) - size + 1):
        window = text[start : start + size]
        whole = window[:-1] == list(query.terms[:-1])
        last = window[-1].startswith(query.terms[-1]) if query.prefix else window[-1] == query.terms[-1]
        if whole and last:
            return True
    return False


han = st.text(alphabet="云岸路弄口井盖", min_size=1, max_size=8)


@given(han, st.data())
def test_every_part_of_a_chinese_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    assert all(stands(phrase, terms(text)) for phrase in phrases(part))


@given(han, han)
def test_what_is_found_holds_the_query(text: str, query: str) -> None:
    assert all(stands(phrase, terms(text)) for phrase in phrases(query)) == (query in text)


def test_the_search_box_asks_every_room_as_the_person(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Actor, str, int]] = []

    def find(actor: Actor, query: str, limit: int) -> list[Hit]:
        asked.append((actor, query, limit))
        return [Hit("case", "1", "井盖", "云岸路", "/cases/1")] * 9

    monkeypatch.setattr(registry, "_finders", {})
    register_search("case", find, order=1)
    register_search("facility", lambda *_: [])
    assert search(ANNA, "  ") == []
    found = search(ANNA, " 井盖 ", limit=3)
    assert asked == [(ANNA, "井盖", 3)]
    assert [(part["kind"], len(part["items"])) for part in found] == [("case", 3)]
