"""A supervisor, uWSGI's daemons or a script that starts workers beside the web server."""

from dataclasses import replace
from shlex import quote

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.facts import Process, ProcessType
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, loads, passed

_KEEPERS = ("supervisor", "s6")
_TYPES = (ProcessType.WEB, ProcessType.WORKER, ProcessType.BEAT)
_FILES = (".sh", ".ini")

_WEB = lazy_pattern(r"(?i)(view|api|admin|form|seriali[sz]er|resource)[^/]*(/|\.py$)")
"""Code that by its file runs in the web process; what a worker sends itself stays in its container."""
_STORE = (
    "Hand the content over by Spaces or the database, not by its path; until the code does, keep web and worker in one "
    "component, with the repository's own image."
)


def check(ctx: Context) -> RuleOutcome:
    """By the file that starts them: each program of a supervisor, several commands of a script or an ini file."""
    groups: dict[str, list[Process]] = {}
    loaded: dict[str, list[Process]] = {}
    for one in ctx.facts.processes:
        if loads(ctx, one.evidence.path):
            loaded.setdefault(one.evidence.path, []).append(one)
        elif one.type in _TYPES:
            key = one.source if one.source in _KEEPERS else one.evidence.path
            groups.setdefault(key, []).append(one)
    together = [
        group
        for key, group in sorted(groups.items())
        if len({one.command for one in group}) > 1 and (key in _KEEPERS or key.endswith(_FILES))
    ]
    traces = (one.evidence for one in ctx.facts.code_traces if one.kind == "file-sent")
    sent = [one for one in traces if _WEB.search(one.path)]
    twice = (problem for group in loaded.values() if (problem := _twice(group)) is not None)
    found = fail_all([*twice, *(_problem(group, sent) for group in together)])
    return found or passed("each process has a container of its own")


def _twice(group: list[Process]) -> Problem | None:
    """The server's own file goes on to start them in the web process's container."""
    path = group[0].evidence.path
    workers = [one for one in group if one.type in (ProcessType.WORKER, ProcessType.BEAT)]
    releases = [one for one in group if one.type is ProcessType.RELEASE]
    others = [one for one in group if one.type is ProcessType.OTHER]
    if not workers:
        return None
    each = "a component of each: they run" if len({_name(one) for one in workers}) > 1 else "a component of it: it runs"
    texts = [
        f"{path}, which the emitted command of the web process reads, starts {_names(workers)} in its container, and "
        f"the app spec makes {each} twice."
    ]
    runs = " and ".join(
        dict.fromkeys(" ".join((one.program, *one.arguments[:1])) if one.program else one.command for one in releases)
    )
    texts += [f"It also runs {runs} at each start, beside the job before a deployment."] if releases else []
    texts += [f"Of {_names(others)} there is no component: it starts there alone."] if others else []
    lines = sorted({one.evidence.line for one in (*workers, *releases)})
    *first, last = map(str, lines)
    named = f"lines {', '.join(first)} and {last}" if first else f"line {last}"
    return Problem(
        message=" ".join(texts),
        evidence=tuple(dict.fromkeys(one.evidence for one in (*workers, *releases, *others))),
        severity=Severity.RISK,
        remediation=f"Take {named} out of {path}: components and the job of a deployment do their work.",
        commands=(f"sed -i '{'; '.join(f'{line}d' for line in lines)}' {quote(path)}",),
    )


def _problem(group: list[Process], sent: list[Evidence]) -> Problem:
    """Without its files a task fails: that is more than what is to be known of components."""
    problem = Problem(
        message=f"{_names(group)} share a container; the app spec makes "
        "a component of each, so that they no longer share a disk, a socket or memory.",
        evidence=tuple(dict.fromkeys(one.evidence for one in group)),
        certainty=Certainty.LIKELY if group[0].evidence.path.endswith(".sh") else Certainty.CERTAIN,
    )
    if not sent or not {ProcessType.WEB, ProcessType.WORKER} <= {one.type for one in group}:
        return problem
    first = sent[0]
    return replace(
        problem,
        message=f"{problem.message} {first.path}:{first.line} sends a task the path of a file that it has written: the "
        "worker has no such file.",
        evidence=(*problem.evidence, *sent[:3]),
        severity=Severity.RISK,
        remediation=_STORE,
    )


def _names(group: list[Process]) -> str:
    *names, last = dict.fromkeys(_name(one) for one in group)
    return f"{', '.join(names)} and {last}" if names else last


def _name(process: Process) -> str:
    return process.name if process.program == "manage.py" else process.program or process.name


rule = Rule(
    info=RuleInfo(
        id="several-processes-in-one-container",
        title="One container runs several processes",
        severity=Severity.ADVICE,
        category=Category.PROCESSES,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "On App Platform a component is one process in its own container, which is restarted, "
            "scaled and looked at by itself. Files in /tmp, Unix sockets and local addresses that "
            "the processes shared lead nowhere, and each container is paid for."
        ),
        remediation=(
            "Let them meet in the database, in Valkey or in Spaces; set the address of another "
            "component with its PRIVATE_URL."
        ),
        references=(
            "https://docs.digitalocean.com/products/app-platform/reference/app-spec/",
            "https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/",
        ),
        bad=(
            bad(
                {
                    "Dockerfile": (
                        "FROM python:3.13-slim\n"
                        "COPY . /app\n"
                        "WORKDIR /app\n"
                        'CMD ["supervisord", "-c", "supervisord.conf"]\n'
                    ),
                    "supervisord.conf": (
                        "[supervisord]\n"
                        "nodaemon=true\n"
                        "[program:web]\n"
                        "command=gunicorn shop.wsgi --bind 0.0.0.0:8000 --workers 2\n"
                        "[program:worker]\n"
                        "command=python manage.py work\n"
                    ),
                },
                line=4,
                path="supervisord.conf",
            ),
        ),
        good=(
            good(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --workers 2 --access-logfile -\n"
                        "worker: python manage.py work\n"
                    )
                }
            ),
        ),
    ),
    check=check,
)
