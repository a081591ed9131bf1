"""How much is taken from one address in an hour; addresses are kept as salted digests and forgotten after it."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from chengyun.accounts.authentication import address_of
from chengyun.kernel.clock import now
from chengyun.kernel.refusal import TooMany
from chengyun.services.models import Knock

HOUR = timedelta(hours=1)
WRONG_CODES = 20  # so many tries at a code of 30⁶ before an hour's wait


def admit(request: HttpRequest, kind: str) -> None:
    """Raise TooMany where the limit of the kind ("report" or "code") is reached: then not even what is right counts."""
    limit = settings.ENV.report_per_hour if kind == "report" else WRONG_CODES
    moment = now()
    Knock.objects.filter(at__lt=moment - HOUR).delete()
    if Knock.objects.filter(kind=kind, address=_digest(request), at__gte=moment - HOUR).count() >= limit:
        raise TooMany(
            "services.too_many", "too many from this address: try again in an hour", params={"retry_after": 3600}
        )


def knock(request: HttpRequest, kind: str) -> None:
    """Count one. Raises TooMany beyond the limit of the kind."""
    admit(request, kind)
    Knock.objects.create(kind=kind, address=_digest(request), at=now())


def _digest(request: HttpRequest) -> str:
    return salted_hmac("services.knock", address_of(request), algorithm="sha256").hexdigest()
