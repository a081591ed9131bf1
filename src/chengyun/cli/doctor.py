"""`chengyun doctor`."""

import json

import click

from chengyun.cli.texts import language, text
from chengyun.cli.words import command, option
from chengyun.config.doctor import Answer, ask
from chengyun.kernel.checks import Finding, checks

SIGNS = {"good": "✓", "note": "·", "wrong": "✗"}


@command("doctor", anywhere=True)
@option("--quick", is_flag=True)
@option("--only", multiple=True)
@option("--json", "as_json", is_flag=True)
def doctor(quick: bool, only: tuple[str, ...], as_json: bool) -> int:
    unknown = [name for name in only if not any(check.startswith(name) for check in checks())]
    if unknown:
        raise click.ClickException(text("complaint", "no_check", name=unknown[0], names=", ".join(sorted(checks()))))
    answers = []
    for answer in ask(quick, only):
        answers.append(answer)
        if not as_json:
            _show(answer, only_wrong=quick)
    if as_json:
        click.echo(json.dumps([_plain(a) for a in answers], ensure_ascii=False, indent=2))
    count = sum(a.is_wrong for a in answers)
    if not as_json and not quick:
        click.echo(text("say", "doctor_wrong", count=count) if count else text("say", "doctor_good"))
    return 1 if count else 0


def _show(answer: Answer, only_wrong: bool) -> None:
    title = getattr(answer.check, language())
    for finding in answer.findings:
        if finding.level == "wrong" or not only_wrong:
            click.echo(f"{SIGNS[finding.level]} {title}{'：' if language() == 'zh' else ': '}{_words(finding)}")


def _words(finding: Finding) -> str:
    return str(getattr(finding, language()))


def _plain(answer: Answer) -> dict[str, object]:
    return {
        "check": answer.check.name,
        "title": getattr(answer.check, language()),
        "findings": [{"level": f.level, "words": _words(f)} for f in answer.findings],
    }
