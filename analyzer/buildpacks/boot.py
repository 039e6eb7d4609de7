"""What happens when the web process starts: where it listens, whom it believes, how many workers it has."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from analyzer.buildpacks.messages import Messages
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.buildpacks.tables import load
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.prediction import Step
from analyzer.model.quick_dataclass import dataclass

_MESSAGES = Messages("servers")
_ADDRESS = lazy_pattern(r"(?:(?:https?|tcp)://)?(?:(?P<host>\[[^\]]*\]|[^:]*):)?(?P<port>\$\{[^}]*\}|[^:]*)")
_MAX_LENGTH = 10_000
_OPERATOR = lazy_pattern(r"[();<>|&]+")
_PREPARATIONS = ("migrate", "collectstatic", "compilemessages", "createcachetable", "loaddata")
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """What the platform does about ports: `assumed` is the number in PORT where it is a fixed one; `log` is what it
    says when nothing answers there.
    """

    set_by_platform: bool
    assumed: str | None = None
    log: str


def describe_boot(
    source: Source, command: str, evidence: Evidence, environment: Mapping[str, str], port: Port, notes: Notes
) -> None:
    """Note what the command of the web process does on a platform with this run-time environment.

    A server is found by its name anywhere in a simple command, so that what runs it (`exec`, `poetry run`, …) does not
    matter; scripts are not followed.
    """
    servers = load("servers")["servers"]
    for words in simple_commands(command):
        names = [word.rpartition("/")[2] for word in words]
        if "manage.py" in names and set(_PREPARATIONS).intersection(names):
            text = f"the web process runs `{' '.join(words)}` first: each container does so at each start"
            notes.say(Step.BOOT, text, evidence, mode="E6")
        at = next((at for at, name in enumerate(names) if name in servers), None)
        if at is not None:
            _describe_server(source, names[at], words[at + 1 :], evidence, environment, port, notes)


def simple_commands(text: str) -> list[list[str]]:
    """The words of each simple command of shell text, without quotes; in unbalanced quotes, those between spaces."""
    text = text[:_MAX_LENGTH]
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        tokens = list(lexer)
    except ValueError:
        tokens = text.split()
    commands: list[list[str]] = [[]]
    for token in tokens:
        if _OPERATOR.fullmatch(token):
            commands.append([])
        else:
            commands[-1].append(token)
    return [words for words in commands if words]


def _describe_server(
    source: Source,
    name: str,
    words: Sequence[str],
    evidence: Evidence,
    environment: Mapping[str, str],
    port: Port,
    notes: Notes,
) -> None:
    row = load("servers")["servers"][name]
    _describe_address(source, row, name, words, evidence, port, notes)
    if row.get("workers"):
        workers = _value(words, row["workers"])
        if workers is not None:
            text = f"{workers} workers, by the command"
        elif row.get("concurrency"):
            text = "as many workers as WEB_CONCURRENCY says, one if it is not set"
        else:
            text = "one worker"
        notes.say(Step.BOOT, f"{name} starts {text}", evidence, mode=None if workers is not None else "E3")
    if row.get("forwarded"):
        _describe_forwarded(source, name, evidence, environment, notes)


def _describe_address(
    source: Source,
    row: Mapping[str, Any],
    name: str,
    words: Sequence[str],
    evidence: Evidence,
    port: Port,
    notes: Notes,
) -> None:
    if _value(words, row.get("socket", ())) is not None:
        return
    config = _value(words, row.get("config", ())) or row.get("config_file")
    told = _told(row, words)
    if told is None and config is not None and source.tree.is_file(config):
        text = f"{name} is configured by {config}, which may say where it listens"
        notes.say(Step.BOOT, text, evidence, Evidence(path=config))
        return
    if told is None and row.get("port") and port.set_by_platform:
        text = f"{name} listens on 0.0.0.0:$PORT because PORT is set; without it, on {row['default']} only"
        notes.say(Step.BOOT, text, evidence, mode="E1")
        return
    host, number = told or tuple(row["default"].split(":"))
    address = f"{host}:{number}"
    notes.say(Step.BOOT, f"{name} listens on {address}", evidence)
    if host in _LOOPBACK:
        notes.fail(_MESSAGES.failure("boot::loopback", evidence, server=name, address=address, log=port.log))
    elif number.isdigit() and port.set_by_platform and number != port.assumed:
        notes.fail(_MESSAGES.failure("boot::fixed-port", evidence, server=name, port=number, log=port.log))


def _told(row: Mapping[str, Any], words: Sequence[str]) -> tuple[str, str] | None:
    """Host and port that the command names; what it leaves out is the default. None when it names neither."""
    default_host, default_port = row["default"].split(":")
    bind = _value(words, row.get("bind", ()))
    if bind is None and row.get("positional"):
        bind = next((word for word in words if not word.startswith("-")), None)
    if bind is not None:
        match = _ADDRESS.fullmatch(bind)
        if match is None or bind.startswith(("unix:", "fd:")):
            return "a socket", ""
        if row.get("positional"):
            return match["host"] or default_host, match["port"]
        if match["host"] is None:
            return match["port"], default_port  # a name without a colon is a host
        return match["host"] or "0.0.0.0", match["port"] or default_port
    host, number = _value(words, row.get("host", ())), _value(words, row.get("port_option", ()))
    return None if host is None and number is None else (host or default_host, number or default_port)


def _value(words: Sequence[str], options: Sequence[str]) -> str | None:
    """The value of the last of these options in a command line: `--opt x`, `--opt=x`, `-o x`, `-ox`."""
    found = None
    for at, word in enumerate(words):
        for option in options:
            if word == option and at + 1 < len(words):
                found = words[at + 1]
            elif word.startswith(f"{option}="):
                found = word.removeprefix(f"{option}=")
            elif len(option) == 2 and word.startswith(option) and len(word) > 2 and not word.startswith("--"):
                found = word[2:]
    return found


def _describe_forwarded(
    source: Source, name: str, evidence: Evidence, environment: Mapping[str, str], notes: Notes
) -> None:
    trusts = environment.get("FORWARDED_ALLOW_IPS")
    redirect = _redirect_by_server(source)
    if trusts is not None:
        text = f"{name} believes X-Forwarded headers from {trusts!r}, since FORWARDED_ALLOW_IPS is set for it"
        if redirect:
            text += "; without it, SECURE_SSL_REDIRECT may redirect behind a proxy for ever"
    else:
        text = f"{name} believes X-Forwarded headers from 127.0.0.1 only"
        if redirect:
            text += ": behind a proxy every request looks like plain HTTP, and SECURE_SSL_REDIRECT may loop"
    notes.say(Step.BOOT, text, evidence, *redirect, mode="E2" if redirect else None)


def _redirect_by_server(source: Source) -> tuple[Evidence, ...]:
    """Where SECURE_SSL_REDIRECT is or may be on while Django leaves it to the server to tell HTTP from HTTPS; with
    SECURE_PROXY_SSL_HEADER it reads the proxy's header itself, which servers pass on whomever they believe.
    """
    settings = source.facts.django.secure if source.facts is not None else {}
    redirect, header = settings.get("SECURE_SSL_REDIRECT"), settings.get("SECURE_PROXY_SSL_HEADER")
    if redirect is None or (isinstance(redirect, Fact) and not redirect.value):
        return ()
    if header is not None and not (isinstance(header, Fact) and header.value is None):
        return ()
    return redirect.evidence
