"""What a resident does on the pages behind a plate: no account, no script."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.world import PIXEL, World
from chengyun.cases.models import Case
from chengyun.places.models import Facility
from chengyun.services import throttle


def only_case() -> Case:
    return Case.objects.as_system("test").get()


@pytest.fixture
def phone() -> Client:
    """A visitor's browser that reads Chinese."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "zh-CN"})


def send(visitor: Client, path: str, **fields: Any) -> Any:
    """Fill in a form as a browser would: with the token of the page."""
    page = visitor.get(path.partition("?")[0].partition("/too/")[0])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert token
    return visitor.post(path, {"csrfmiddlewaretoken": token[1]} | fields)


def receipt(answer: Any) -> str:
    """The address of the receipt that a report leads to."""
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).partition("?")[0]


def test_a_plate_presets_what_and_where(phone: Client, plate: Facility) -> None:
    page = phone.get(f"/r/{plate.plate}")
    assert page.status_code == 200
    text = page.content.decode()
    assert "云岸路 3 号灯" in text
    assert 'value="P0109"' in text
    assert len(page.content) + sum(len(phone.get(f"/r/asset/{n}").content) for n in ("r.css", "r.js")) < 50_000


def test_reported_with_a_photo_and_followed_by_number_and_code(phone: Client, world: World, plate: Facility) -> None:
    picture = SimpleUploadedFile("灯.png", PIXEL, "image/png")
    fields = {"class": "P0109", "text": "灯不亮，请联系李四光13812345678", "name": "李四光", "phone": "13812345678"}
    where = receipt(send(phone, f"/r/{plate.plate}", photos=picture, **fields))
    case = only_case()
    assert (case.channel, case.class_code, case.grid_id) == ("resident", "P0109", world.areas["G1"].pk)
    assert case.attachments.get().role == "report"
    assert "李四光" not in case.title
    assert case.number in phone.get(where).content.decode()
    code = where.rpartition("/")[2]
    assert receipt(send(phone, "/r/follow", number=case.number.lower(), code=code.lower())) == where
    assert send(phone, "/r/follow", number=case.number, code="AAAAAA").status_code == 404


def test_only_ticking_the_kind_is_a_report(phone: Client, plate: Facility) -> None:
    receipt(send(phone, f"/r/{plate.plate}", **{"class": "P0109"}))
    assert only_case().text == "路灯"


def test_me_too_makes_one_case_with_two_reporters(phone: Client, plate: Facility) -> None:
    receipt(send(phone, f"/r/{plate.plate}", text="灯不亮", **{"class": "P0109"}))
    case = only_case()
    page = phone.get(f"/r/{plate.plate}").content.decode()
    assert "我也遇到" in page
    assert "灯不亮" not in page
    where = receipt(send(phone, f"/r/{plate.plate}/too/{case.uuid}"))
    assert len(only_case().reporters) == 2
    assert phone.get(where).status_code == 200


def test_the_result_is_rated_and_within_the_window_asked_again(phone: Client, world: World, plate: Facility) -> None:
    where = receipt(send(phone, f"/r/{plate.plate}", text="有垃圾"))
    case = world.walk(only_case(), to="closed")
    page = phone.get(where).content.decode()
    assert "已办结" in page
    assert "已清理" in page
    photo = re.search(r'src="(/r/c/[^"]+/photo/[^"]+)"', page)
    assert photo
    assert phone.get(photo[1]).status_code == 200
    rated = _act(phone, where, "rate", solved="yes", satisfied="5")
    assert rated.status_code == 302
    assert world.fresh(case).state == "rated"
    assert _act(phone, where, "reopen", reason="又有垃圾了").status_code == 302
    again = world.fresh(case)
    assert (again.state, again.round) == ("received", 2)


def _act(visitor: Client, where: str, verb: str, **fields: Any) -> Any:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', visitor.get(where).content.decode())
    assert token
    return visitor.post(f"{where}/{verb}", {"csrfmiddlewaretoken": token[1]} | fields)


def test_what_is_wrong_is_said_in_words_and_nothing_typed_is_lost(phone: Client, world: World) -> None:
    answer = send(phone, "/r/", text="有垃圾", phone="abc", address="某处")
    assert answer.status_code == 422
    assert "电话号码不对" in answer.content.decode()
    assert "有垃圾" in answer.content.decode()


def test_large_text_and_english_are_remembered(phone: Client, plate: Facility) -> None:
    phone.get(f"/r/{plate.plate}?large=1")
    phone.get(f"/r/{plate.plate}?lang=en")
    text = phone.get(f"/r/{plate.plate}").content.decode()
    assert 'class="large"' in text
    assert "Report a problem" in text


def test_too_many_reports_from_one_address_must_wait(phone: Client, plate: Facility, settings: Any) -> None:
    for _ in range(3):
        settings.ENV = settings.ENV.__class__(**{**settings.ENV.__dict__, "report_per_hour": 3})
        receipt(send(phone, f"/r/{plate.plate}", text="灯不亮"))
    answer = send(phone, f"/r/{plate.plate}", text="灯不亮")
    assert answer.status_code == 429


def test_who_guessed_too_often_is_not_told_when_it_is_right(
    phone: Client, plate: Facility, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = receipt(send(phone, f"/r/{plate.plate}", text="灯不亮"))
    number, code = where.split("/")[-2:]
    monkeypatch.setattr(throttle, "WRONG_CODES", 2)
    for _ in range(2):
        assert send(phone, "/r/follow", number=number, code="AAAAAA").status_code == 404
    assert send(phone, "/r/follow", number=number, code=code).status_code == 429
    assert phone.get(where).status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert elsewhere.get(where).status_code == 200


@pytest.mark.parametrize("path", ["/r/%00", "/r/c/%00/x", "/r/nothing/here"])
def test_a_page_that_is_not_there_says_so_in_both_languages(phone: Client, world: World, path: str) -> None:
    answer = phone.get(path)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()
    assert "There is no such page" in answer.content.decode()


def test_a_form_without_its_token_is_answered_with_a_page(phone: Client, plate: Facility) -> None:
    answer = phone.post(f"/r/{plate.plate}", {"text": "灯不亮"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_hidden_characters_are_not_kept(phone: Client, plate: Facility) -> None:
    receipt(send(phone, f"/r/{plate.plate}", text="灯\x00不\u202e亮😀\x1b[31m"))
    assert only_case().title.startswith("灯不亮😀[31m")


def test_too_many_photos_are_refused_in_words(phone: Client, plate: Facility) -> None:
    four = [SimpleUploadedFile(f"{n}.png", PIXEL, "image/png") for n in range(4)]
    answer = send(phone, f"/r/{plate.plate}", text="灯不亮", photos=four)
    assert answer.status_code == 422
    assert "最多 3 张" in answer.content.decode()


def test_a_hostile_photo_is_refused_in_words(phone: Client, plate: Facility) -> None:
    bad = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", "image/png")
    answer = send(phone, f"/r/{plate.plate}", text="灯不亮", photos=bad)
    assert answer.status_code in {415, 422}
    assert "照片无法读取" in answer.content.decode()


def test_the_plate_has_a_qr_code(phone: Client, plate: Facility) -> None:
    answer = phone.get(f"/r/{plate.plate}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    assert phone.get("/r/none/qr.svg").status_code == 404
