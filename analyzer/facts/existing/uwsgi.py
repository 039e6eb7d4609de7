"""uWSGI configuration files: the processes beside the server, and the environment (uWSGI options, uwsgi-docs)."""

from collections.abc import Iterator

from analyzer.facts.existing.declaration import Declaration, Words, quoted_words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.keyed_lines import KeyedLine, keyed_lines
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot

UWSGI_NAMES = frozenset({"uwsgi", "uwsgi-core", "pyuwsgi"})

_DAEMONS = frozenset({"attach-daemon", "attach-daemon2", "smart-attach-daemon", "legion-attach-daemon", "cron2"})
_ENVIRONMENT = lazy_pattern(r"\$\((\w+)\)")
_ENDINGS = (".ini", ".ini.j2", ".ini.template", ".ini.example")
_HOOKS = ("hook-pre-app", "hook-asap", "hook-as-root", "hook-as-user", "hook-post-fork", "exec-pre-app", "exec-asap")


@dataclass(frozen=True, slots=True, kw_only=True)
class UwsgiCommand:
    """A command that uWSGI starts itself."""

    command: str
    line: int


def uwsgi_configurations(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Every configuration file with a `[uwsgi]` section, as the server that is started with it."""
    for path in project_files(repo, django_dir, lambda name: name.endswith(_ENDINGS)):
        section = next((line for line in uwsgi_lines(repo, path) if line.section == "uwsgi"), None)
        if section is not None:
            file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="uWSGI")
            words = Words(text=f"uwsgi --ini {quoted_words((path,))}", evidence=file.evidence(section.line))
            yield file.declare("", words, place=file.place(django_dir))


def configuration_file(words: tuple[str, ...]) -> str | None:
    """The INI file that the command line of uwsgi names, None when there is none."""
    for position, word in enumerate(words):
        if word in ("--ini", "-i") and position + 1 < len(words):
            return words[position + 1].partition(":")[0]
        if word.startswith("--ini="):
            return word.removeprefix("--ini=").partition(":")[0]
        if position and not word.startswith("-") and word.partition(":")[0].endswith(".ini"):
            return word.partition(":")[0]
    return None


def uwsgi_lines(repo: RepositorySnapshot, path: RepoPath) -> tuple[KeyedLine, ...]:
    """The options of the `[uwsgi]` section, which repeat."""
    return tuple(line for line in keyed_lines(repo.text(path) or "") if line.section in ("uwsgi", ""))


def uwsgi_commands(repo: RepositorySnapshot, path: RepoPath) -> Iterator[UwsgiCommand]:
    """Daemons and hooks of a configuration file, as shell commands."""
    tested = ""
    for line in uwsgi_lines(repo, path):
        if line.key in ("if-env", "if-not-env"):
            tested = line.value
        elif line.key in _DAEMONS or line.key in _HOOKS:
            command = _ENVIRONMENT.sub(r"$\1", _command(line).replace("%(_)", f"${tested}"))
            if command:
                yield UwsgiCommand(command=command, line=line.line)


def uwsgi_environment(repo: RepositorySnapshot, path: RepoPath) -> Iterator[tuple[str, str, Evidence]]:
    """`env = NAME=value` and `set-env`: name, value, where."""
    for line in uwsgi_lines(repo, path):
        name, separator, value = line.value.partition("=")
        if line.key in ("env", "set-env") and separator:
            yield name.strip(), value.strip(), Evidence(path=path, line=line.line)


def _command(line: KeyedLine) -> str:
    value = line.value
    if line.key in _HOOKS:
        kind, separator, rest = value.partition(":")
        if separator and kind in ("exec", "execsafe"):
            return rest.strip()
        return value if line.key.startswith("exec") else ""
    if "cmd=" in value:  # keyval form: cmd=…,pidfile=…
        return value.partition("cmd=")[2].split(",")[0]
    if line.key in ("smart-attach-daemon", "legion-attach-daemon"):
        return value.partition(" ")[2].strip()
    return value if line.key != "cron2" else value.partition(" ")[2].strip()
