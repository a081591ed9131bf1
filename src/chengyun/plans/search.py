"""What of plans can be found by words: titles, numbers and words of documents, tasks, targets and projects."""

from collections.abc import Iterable

from chengyun.kernel.search import Text, index_many
from chengyun.plans.models import Document, Project, Target, Task


def index_document(document: Document) -> None:
    """Make a document findable; call in the action's transaction."""
    words = (document.title, document.number, document.issuer)
    index_many([Text(document.subject_kind, document.uuid, document.town_id, words)])


def index_items(items: Iterable[Task | Target | Project]) -> None:
    """Make items findable; call in the action's transaction. Who leads a task is left out: names are no way in."""
    index_many([Text(one.subject_kind, one.uuid, one.town_id, _words(one)) for one in items])


def _words(one: Task | Target | Project) -> tuple[str, ...]:
    if isinstance(one, Task):
        return (one.title, one.text, *one.path)
    if isinstance(one, Target):
        return (one.object, one.indicator, one.text)
    return (one.name, one.category, one.box)
