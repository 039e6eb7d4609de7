"""A timeout of the web server above the hundred seconds after which visitors get an error."""

from collections.abc import Sequence

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.procfile_lines import ending_after
from analyzer.rules.services import option_of

_EDGE = 100
"""Seconds."""
_OPTIONS = ("--timeout", "-t")


def check(ctx: Context) -> RuleOutcome:
    """Of gunicorn, by its command, else by its file."""
    web = ctx.web
    if web is None or web.program != "gunicorn":
        return not_applicable("no file starts gunicorn")
    if not _ends_requests(ctx, web.arguments):
        return passed("the timeout of workers with threads or an event loop ends no request", web.evidence)
    seconds, place = _by_command(web.arguments), web.evidence
    commands = ending_after(ctx, place, 60)
    if seconds is None:
        found = next((one for one in ctx.facts.server_settings if one.name == "timeout"), None)
        if found is not None and isinstance(found.value, int):
            seconds, place = found.value, found.evidence
            commands = (f"# {place.path}", "timeout = 60")
    if seconds is not None and (seconds > _EDGE or seconds == 0):
        limit = "does not end slow requests" if seconds == 0 else f"ends a request after {seconds} seconds"
        return fail(
            f"gunicorn {limit}, and the platform's edge stops waiting after {_EDGE}: the visitor has an error while "
            "the worker goes on, and is not free for others.",
            place,
            commands=commands,
            certainty=Certainty.LIKELY,
        )
    return passed("the web server ends requests before the edge does", place)


def _ends_requests(ctx: Context, words: Sequence[str]) -> bool:
    """Whether the worker is the one that handles one request at a time; threads make another one of it.

    Others tell the arbiter that they are alive while requests go on (gunicorn: settings, `timeout`).
    """
    settings = {one.name: one.value for one in ctx.facts.server_settings}
    kind = option_of(words, "-k", "--worker-class") or settings.get("worker_class") or "sync"
    threads = option_of(words, "--threads") or settings.get("threads") or 1
    return kind == "sync" and str(threads) in ("0", "1")


def _by_command(words: Sequence[str]) -> int | None:
    for at, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option in _OPTIONS:
            text = value if equals else "".join(words[at + 1 : at + 2])
            return int(text) if text.isdecimal() else None
    return None


rule = Rule(
    info=RuleInfo(
        id="worker-timeout-beyond-edge",
        title="Requests may run longer than the edge waits",
        severity=Severity.ADVICE,
        category=Category.PROCESSES,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "Traffic to the app passes a proxy that gives up on a response after some hundred "
            "seconds, and uploads end after that time by the platform's own limits. A timeout above "
            "that never helps a visitor; it marks work that belongs into a task queue."
        ),
        remediation="Move long work into a worker, and set the timeout to 60 seconds.",
        commands=("web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --timeout 60",),
        references=(
            "https://docs.gunicorn.org/en/stable/settings.html#timeout",
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
        ),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile - --timeout 300\n"
                    )
                },
                line=1,
            ),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"}),),
    ),
    check=check,
)
