"""Commands that deployment files have run at fixed times: crontabs, app.json, render.yaml, app specs."""

from collections.abc import Iterator
from itertools import islice

from analyzer.facts.existing.cron_fields import split_cron
from analyzer.facts.existing.document_values import at, child, elements, scalar, yaml_command, yaml_root
from analyzer.facts.existing.project_files import about_project, named_files
from analyzer.facts.existing.redaction import redact_text
from analyzer.facts.existing.roles import is_production
from analyzer.facts.existing.spec_details import existing_spec
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.existing import ScheduledCommand
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import JsonDocument, read_json
from analyzer.snapshot.repository import RepositorySnapshot

HEROKU_SCHEDULER = "Heroku Scheduler"
MAX_COMMANDS = 50
MAX_LINES = 2_000
_CRONTAB = lazy_pattern(r"(?:^|/)(?:[\w.-]*crontab[\w.-]*|[\w.-]+\.cron|(?:etc/)?cron(?:\.d|tabs)?/[\w-]+)$")
_NO_CRONTAB = (".py", ".md", ".rst", ".sh", ".yml", ".yaml", ".json", ".html", ".js", ".ts", ".po", ".toml")
_USER = lazy_pattern(r"(root|www-data|app|django|nobody|web|deploy|ubuntu)[ \t]+")
_REDIRECTION = lazy_pattern(r"\s*(?:\d?>>?\s*\S+|\d>&\d|\|\s*logger\b.*)\s*$")
_MANAGEMENT = lazy_pattern(r"manage\.py\s+(\w+)|([\w-]+?)(?:\.sh|\.py)?(?:\s|$)")


def scheduled_commands(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[ScheduledCommand, ...]:
    """Every such command, each once; those of the app spec first."""
    found: dict[tuple[str, str], ScheduledCommand] = {}
    for reader in (_app_spec, _render, _app_json, _crontabs):
        for command in islice(reader(repo, django_dir), MAX_COMMANDS):
            found.setdefault((command.cron, command.command), command)
    return tuple(found.values())


def command_name(command: str) -> str:
    """A name for a command: the management command, else the program."""
    names = [match[1] or "" for match in _MANAGEMENT.finditer(command) if match[1]]
    words = command.split()
    return names[0] if names else words[0].rsplit("/", 1)[-1].rpartition(".")[0] or words[0] if words else "job"


def _app_spec(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[ScheduledCommand]:
    spec = existing_spec(repo, django_dir)
    for component in spec.components if spec is not None else ():
        if component.job_kind == "SCHEDULED" and component.cron and component.run_command:
            yield ScheduledCommand(
                name=component.name,
                cron=component.cron,
                command=component.run_command,
                source="app spec",
                evidence=component.evidence,
                time_zone=component.time_zone,
            )


def _render(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[ScheduledCommand]:
    for path in named_files(repo, django_dir, "render.yaml", "render.yml"):
        for service in elements(yaml_root(repo, path), "services"):
            cron = split_cron(scalar(service, "schedule"))
            words = yaml_command(repo, path, child(service, "startCommand") or child(service, "dockerCommand"))
            if scalar(service, "type") == "cron" and cron is not None and words is not None:
                yield ScheduledCommand(
                    name=scalar(service, "name") or command_name(words.text),
                    cron=cron[0],
                    command=redact_text(words.text),
                    source="render.yaml",
                    evidence=words.evidence,
                )


def _app_json(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[ScheduledCommand]:
    """Dokku's `cron`, and Heroku's Scheduler, whose commands stand in its console alone."""
    for path in named_files(repo, django_dir, "app.json", beside=False):
        document = read_json(repo, path)
        if not isinstance(document, JsonDocument):
            continue
        listed = at(document.data, "cron")
        for position, entry in enumerate(listed if isinstance(listed, list) else ()):
            command, schedule = at(entry, "command"), at(entry, "schedule")
            cron = split_cron(schedule) if isinstance(schedule, str) else None
            if isinstance(command, str) and cron is not None:
                yield ScheduledCommand(
                    name=command_name(command),
                    cron=cron[0],
                    command=redact_text(command),
                    source="app.json",
                    evidence=Evidence(path=path, line=document.line_of("cron", position)),
                )
        addons = at(document.data, "addons")
        for position, addon in enumerate(addons if isinstance(addons, list) else ()):
            plan = addon if isinstance(addon, str) else at(addon, "plan")
            if isinstance(plan, str) and plan.split(":")[0] in ("scheduler", "heroku-scheduler", "cron-to-go"):
                evidence = Evidence(path=path, line=document.line_of("addons", position), note=plan)
                yield ScheduledCommand(
                    name="scheduler", cron="", command="", source=HEROKU_SCHEDULER, evidence=evidence
                )


def _crontabs(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[ScheduledCommand]:
    named = [path for path in repo.files if "cron" in path and _CRONTAB.search(path) and not path.endswith(_NO_CRONTAB)]
    for path in about_project(repo, django_dir, named):
        if not is_production(repo, path, django_dir):
            continue
        for number, line in enumerate((repo.text(path) or "").split("\n")[:MAX_LINES], 1):
            entry = split_cron(line) if line.strip()[:1] not in ("", "#") else None
            if entry is not None and entry[1]:
                command = _REDIRECTION.sub("", _REDIRECTION.sub("", _USER.sub("", entry[1], count=1)))
                yield ScheduledCommand(
                    name=command_name(command),
                    cron=entry[0],
                    command=redact_text(command),
                    source="crontab",
                    evidence=Evidence(path=path, line=number),
                )
