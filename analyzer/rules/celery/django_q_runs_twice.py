"""Django Q gives a task to another worker when `retry` seconds have passed, whether or not it still runs."""

from collections.abc import Mapping

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value
from analyzer.rules.services import is_known, number, with_settings

_RETRY = 60
"""Seconds (django_q/conf.py); `timeout` is None there: tasks may run for ever."""
_CLUSTER = 'Q_CLUSTER = {{"name": "shop", "orm": "default", {}}}\n'


def check(ctx: Context) -> RuleOutcome:
    """`timeout` and `retry` of Q_CLUSTER."""
    setting = ctx.setting("Q_CLUSTER")
    plain = plain_value(setting)
    if setting is None or not isinstance(plain, Mapping):
        return not_applicable("the project does not use Django Q")
    timeout, retry = plain.get("timeout"), plain.get("retry", _RETRY)
    if not is_known(timeout) or not is_known(retry) or number(retry) is None:
        return not_applicable("timeout and retry could not be told")
    limit, again = number(timeout), number(retry) or _RETRY
    if limit is not None and limit < again:
        return passed("a task is ended before it is given to another worker", *setting.place("timeout")[:1])
    longest = "for ever" if limit is None else f"{limit} seconds"
    return fail(
        f"Q_CLUSTER lets tasks run {longest} and retries them after {again} seconds: a task that takes longer is run "
        "again while the first run goes on.",
        *setting.place("retry" if "retry" in plain else "timeout"),
    )


rule = Rule(
    info=RuleInfo(
        id="django-q-runs-twice",
        title="Django Q runs long tasks again",
        severity=Severity.RISK,
        category=Category.CELERY,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "retry has to be greater than timeout and than the longest task. Otherwise the broker hands a task that "
            "still runs to another worker, and mails go out or payments are made as often as that happens."
        ),
        remediation="Set a timeout, and a retry above it.",
        commands=('Q_CLUSTER = {"timeout": 300, "retry": 360}',),
        references=("https://django-q2.readthedocs.io/en/master/configure.html#retry",),
        bad=(bad(with_settings(_CLUSTER.format('"timeout": 300, "retry": 120')), line=5),),
        good=(good(with_settings(_CLUSTER.format('"timeout": 300, "retry": 360'))),),
    ),
    check=check,
)
