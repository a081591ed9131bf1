"""One's own password and second factor."""

from typing import Any

from django.contrib.auth import update_session_auth_hash
from ninja import Field, Router, Schema, Status

from chengyun.accounts import own, second_factor
from chengyun.accounts.api.login import person_of
from chengyun.accounts.authentication import SessionLogin
from chengyun.kernel.http import ActorRequest
from chengyun.kernel.refusal import Invalid

router = Router(auth=SessionLogin(fresh=False))
SECRET = "accounts.new_factor"  # noqa: S105 - the name of a place in the session


class PasswordChange(Schema):
    old: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=200)


class PasswordOnly(Schema):
    old: str = Field(min_length=1, max_length=200)


class Enrol(Schema):
    code: str = Field(min_length=1, max_length=20)


class EnrolmentOut(Schema):
    secret: str
    url: str


class CodesOut(Schema):
    codes: list[str]


@router.post("/password", response={204: None}, summary="Change my password")
def change_password(request: ActorRequest, given: PasswordChange) -> Any:
    person = own.change_password(person_of(request), given.old, given.password)
    update_session_auth_hash(request, person)
    return Status(204, None)


@router.post("/second_factor/begin", response=EnrolmentOut, summary="A secret for my authenticator app")
def begin_second_factor(request: ActorRequest) -> Any:
    enrolment = second_factor.begin(person_of(request))
    request.session[SECRET] = enrolment.secret
    return enrolment


@router.post("/second_factor/confirm", response=CodesOut, summary="Ask me for codes from now on")
def confirm_second_factor(request: ActorRequest, given: Enrol) -> Any:
    secret = request.session.get(SECRET)
    if not secret:
        raise Invalid("accounts.enrolment_missing", "begin first: no secret was handed out in this session")
    codes = own.enable_second_factor(person_of(request), secret, given.code)
    request.session.pop(SECRET, None)
    return {"codes": codes}


@router.post("/second_factor/disable", response={204: None}, summary="Ask me for no code any more")
def disable_second_factor(request: ActorRequest, given: PasswordOnly) -> Any:
    own.disable_second_factor(person_of(request), given.old)
    return Status(204, None)


@router.post("/second_factor/codes", response=CodesOut, summary="Fresh recovery codes")
def renew_recovery_codes(request: ActorRequest, given: PasswordOnly) -> Any:
    return {"codes": own.renew_recovery_codes(person_of(request), given.old)}
