"""Who stands behind the log of looks."""

from collections.abc import Iterable

from chengyun.accounts.models import ApiToken, Look, Person


def names_of(looks: Iterable[Look]) -> dict[str, str]:
    """The name of each actor of the log, by actor id. Two queries."""
    ids = {look.who for look in looks if look.who_kind in {"person", "token"}}
    people = Person.objects.as_system("who looked").filter(uuid__in=ids).values_list("uuid", "name")
    tokens = ApiToken.objects.as_system("which token looked").filter(uuid__in=ids).values_list("uuid", "name")
    return {str(uuid): name for uuid, name in [*people, *tokens]}
