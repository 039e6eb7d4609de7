"""TLS without a look at the certificate keeps nobody from answering in the server's place."""

from collections.abc import Iterator, Mapping

from analyzer.model.evidence import Evidence
from analyzer.model.facts import Plain
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.rules.services import has_valkey, with_celery

_SETTINGS = ("CACHES", "CHANNEL_LAYERS", "RQ_QUEUES", "HUEY", "Q_CLUSTER")
_OPTIONS = ("broker_use_ssl", "redis_backend_use_ssl")
_KEY = "ssl_cert_reqs"
_OFF = ("none", "cert_none")
MAX_DEPTH = 8


def check(ctx: Context) -> RuleOutcome:
    """`ssl_cert_reqs` of caches, channel layers and queues, where the scan can tell its value."""
    if not has_valkey(ctx):
        return not_applicable("the app has no Valkey")
    problems = (
        Problem(
            message=f"{name} has {_KEY} {value}: the connection is encrypted, and any server may answer it.",
            evidence=evidence,
            commands=('"ssl_cert_reqs": "required",',) if name in ("CACHES", "CHANNEL_LAYERS") else None,
        )
        for name, value, evidence in _unchecked(ctx)
    )
    return fail_all(problems) or passed("certificates of Valkey are checked")


def _unchecked(ctx: Context) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    for name in _SETTINGS:
        setting = ctx.setting(name)
        if setting is not None:
            for keys, value in _values(setting.configured, (), 0):
                yield name, str(value), setting.place(*keys)
    for name in _OPTIONS:
        option = ctx.facts.task_queue.options.get(name)
        for _, value in _values(option.value, (), 0) if option is not None else ():
            yield name, str(value), option.evidence if option is not None else ()


def _values(plain: Plain, keys: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Plain]]:
    if not isinstance(plain, Mapping) or depth > MAX_DEPTH:
        return
    for key, value in plain.items():
        if key == _KEY and (value is None or str(value).lower() in _OFF):
            yield (*keys, key), value
        yield from _values(value, (*keys, key), depth + 1)


rule = Rule(
    info=RuleInfo(
        id="redis-certificates-unchecked",
        title="Certificate of Redis is not checked",
        severity=Severity.ADVICE,
        category=Category.REDIS,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "ssl_cert_reqs none was the way to reach the self-signed certificates of Heroku's Redis. Managed Valkey "
            "has one that the system's authorities vouch for, so the check costs nothing and keeps tasks, sessions "
            "and the password from whoever gets in between."
        ),
        remediation="Require the certificate.",
        commands=('CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": "required"}',),
        references=("https://docs.celeryq.dev/en/stable/userguide/configuration.html#broker-use-ssl",),
        bad=(bad(with_celery('CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": "none"}\n'), line=6),),
        good=(good(with_celery('CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": "required"}\n')),),
        security=True,
    ),
    check=check,
)
