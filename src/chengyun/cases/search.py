"""What of a case can be found by words: never who reported it."""

import json
from collections.abc import Sequence

from chengyun.cases.around import standards
from chengyun.cases.models import Case, Reporter
from chengyun.cases.rules.words import without_personal_data
from chengyun.kernel.journal.record import private_texts
from chengyun.kernel.search import Text, index_many


def text_of(case: Case, names: Sequence[str] = ()) -> Text:
    """The searchable text of a case, without `names`, which are personal; a confidential one hides its text."""
    kind = standards().book.classes.get(case.class_code)
    words = [case.number, case.external_id, case.title, case.address, kind.zh if kind else "", kind.en if kind else ""]
    if not case.confidential:
        words.append(case.text)
    return Text("case", case.uuid, case.town_id, tuple(without_personal_data(w, *names) for w in words if w))


def index_case(case: Case, names: Sequence[str] | None = None) -> None:
    """Make a case findable; call in the action's transaction. `names` None: those of its reporters are looked up."""
    index_many([text_of(case, _names(case) if names is None else names)])


def _names(case: Case) -> list[str]:
    ids = Reporter.objects.filter(case=case, private_id__isnull=False).values_list("private_id", flat=True)
    return [json.loads(text)["name"] for text in private_texts(str(i) for i in ids).values() if text]
