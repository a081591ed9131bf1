"""Addresses as people write them lead to the place they mean, with how sure that is and why."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.places.address import Gazetteer, Row, normal, parse_address, resolve, suggest
from chengyun.places.address.normal import digits_of
from chengyun.places.address.writing import address_text


@pytest.mark.parametrize(
    ("numeral", "digits"),
    [
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十三", "23"),
        ("一百零八", "108"),
        ("二〇二", "202"),
        ("三千零五", "3005"),
    ],
)
def test_numerals_become_digits(numeral, digits):
    assert digits_of(numeral) == digits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云岸路８８弄１２号", "云岸路88弄12号"),
        ("云岸路八十八弄十二号", "云岸路88弄12号"),
        ("云岸路 88 弄，12 号", "云岸路88弄12号"),
        ("古桐四村", "古桐4村"),
        ("Rathaus  PLATZ", "rathaus platz"),
    ],
)
def test_spellings_of_one_name_are_one(one, other):
    assert normal(one) == normal(other)


@given(st.text(max_size=40))
def test_any_text_has_a_form_and_parses(text):
    assert normal(normal(text)) == normal(normal(normal(text)))
    parse_address(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("上海市宝山区云岸镇东风路八十八弄十二号301室", ("东风路", "88", "12", "", "301")),
        ("云岸路88弄12号3号楼", ("云岸路", "88", "12", "3", "")),
        ("桃浦西路1082弄3支弄5号", ("桃浦西路", "1082-3", "5", "", "")),
        ("云岸新村二十三幢", ("", "", "", "23", "")),
        ("中山北一路12号", ("中山北1路", "", "12", "", "")),
        ("Im Rietle 12a", ("im rietle", "", "12a", "", "")),
    ],
)
def test_an_address_is_taken_apart(text, parts):
    found = parse_address(text)
    assert (found.road, found.lane, found.number, found.building, found.room) == parts


@given(st.integers(1, 2000), st.integers(1, 200), st.integers(1, 60))
def test_what_is_written_is_read_again(lane, number, building):
    found = parse_address(address_text("云岸路", str(lane), str(number), str(building)))
    assert (found.road, found.lane, found.number, found.building) == ("云岸路", str(lane), str(number), str(building))


def rows() -> list[Row]:
    found = [
        Row("云岸路", "road", 121.20, 31.40, spread=900),
        Row("东风路", "road", 121.21, 31.40, spread=700),
        Row("云岸路/东风路", "crossing", 121.205, 31.401, road="云岸路", number="东风路"),
        Row("云岸新村", "compound", 121.2011, 31.4011, refers=("areas", 7), weight=60),
        Row("晨光托育园", "facility", 121.2110, 31.4110, refers=("facilities", 3)),
        Row("全家便利店", "shop", 121.22, 31.42),
        Row("全家便利店", "shop", 121.24, 31.44),
        Row("东风居民区", "area", 121.23, 31.40, refers=("areas", 9), weight=100),
    ]
    for number in (1, 2, 3, 12):
        text = f"云岸路88弄{number}号"
        found.append(
            Row(text, "building", 121.2010 + number * 1e-4, 31.4010, "云岸路", "88", str(number), "", "云岸新村")
        )
    return found + [
        Row(f"东风路{number}号", "address", 121.21, 31.40 + number * 1e-5, "东风路", "", str(number))
        for number in (101, 121)
    ]


GAZETTEER = Gazetteer(rows())


def best(text: str):
    return resolve(GAZETTEER, text)[0]


@pytest.mark.parametrize(
    ("text", "kind", "place", "least"),
    [
        ("云岸镇云岸路88弄12号301室", "number", "云岸路88弄12号", 0.95),
        ("云岸路八十八弄十二号", "number", "云岸路88弄12号", 0.95),
        ("云岸新村12号楼", "building", "云岸路88弄12号", 0.95),
        ("东风路与云岸路路口", "crossing", "云岸路/东风路", 0.8),
        ("晨光托育园门口", "name", "晨光托育园", 0.8),
        ("东风", "name", "东风居民区", 0.5),
        ("云岸路", "road", "云岸路", 0.3),
    ],
)
def test_a_text_leads_to_its_place(text, kind, place, least):
    found = best(text)
    assert (found.kind, found.text) == (kind, place)
    assert found.confidence >= least


def test_a_slip_of_the_pen_is_corrected_and_said():
    found = best("云案路88弄12号")
    assert found.text == "云岸路88弄12号"
    assert found.confidence < best("云岸路88弄12号").confidence
    reason = next(reason for reason in found.reasons if reason.code == "road_corrected")
    assert reason.params == {"written": "云案路", "meant": "云岸路"}


def test_a_number_between_two_known_ones_is_set_between_them():
    found = best("东风路111号")
    assert found.kind == "between"
    assert found.lat == pytest.approx(31.40 + 111e-5, abs=1e-6)
    assert 0.5 < found.confidence < 0.8


def test_two_shops_of_one_name_halve_the_trust():
    found = resolve(GAZETTEER, "全家便利店")
    assert len(found) == 2
    assert found[0].confidence < 0.7
    assert any(reason.code == "several" for reason in found[0].reasons)


def test_a_name_far_from_its_address_is_contradicted():
    alone, against = best("东风路101号"), best("东风路101号晨光托育园")
    assert against.confidence < alone.confidence
    assert any(reason.code == "disagrees" for reason in against.reasons)


def test_nothing_known_gives_nothing():
    assert resolve(GAZETTEER, "月球背面的环形山") == []
    assert resolve(GAZETTEER, "") == []


@pytest.mark.parametrize("typed", ["云", "云岸", "岸新村", "云岸路88弄1", "晨光", "云暗新村"])
def test_suggestions_come_while_typing(typed):
    assert suggest(GAZETTEER, typed)


def test_what_begins_like_it_comes_first():
    assert next(found.row.text for found in suggest(GAZETTEER, "东风")).startswith("东风")
    assert suggest(GAZETTEER, "") == []


def test_fifteen_thousand_names_are_searched_within_twenty_milliseconds():
    signs = "云岸东风古桐桃浦金江南北西长征武威敦煌白丽杨柳春申华夏新民和平"
    many = [
        Row(f"{signs[i % 29]}{signs[(i // 29) % 29]}{'路弄村里园'[i % 5]}{i % 800}号", "address", 121.2, 31.4)
        for i in range(15_000)
    ]
    gazetteer = Gazetteer(many)
    typed = ["云", "云岸", "东风路1", "桃浦", "金江里200号", "夏新", "号", "武威敦"]
    times = []
    for text in typed * 5:
        start = time.thread_time()
        suggest(gazetteer, text)
        times.append(time.thread_time() - start)
    assert sorted(times)[len(times) // 2] < 0.02
