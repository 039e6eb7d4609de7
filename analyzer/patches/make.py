"""Patches for the findings of an audit: one for each, and one for all together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProjectFacts
from analyzer.model.finding import Audit, Finding
from analyzer.patches.diff import file_diff
from analyzer.patches.edit import Edit
from analyzer.patches.editors.addresses import celery_certificates, redis_address
from analyzer.patches.editors.databases import database_url
from analyzer.patches.editors.debug import debug
from analyzer.patches.editors.hosts import allowed_hosts, trusted_origins
from analyzer.patches.editors.log_files import log_to_console
from analyzer.patches.editors.media import media_storage
from analyzer.patches.editors.proxy_header import proxy_header
from analyzer.patches.editors.secret_key import secret_key
from analyzer.patches.editors.static_files import static_root, whitenoise
from analyzer.patches.requirements import additions
from analyzer.patches.settings_file import SettingsFile
from analyzer.patches.splices import Splice, spliced
from analyzer.snapshot.repository import RepositorySnapshot

Editor = Callable[[Evidence, SettingsFile, ProjectFacts], Edit | None]
Redact = Callable[[RepoPath, Sequence[str]], Iterable[str]]
Changes = Mapping[RepoPath, tuple[Splice, ...]]

EDITORS: Mapping[str, Editor] = {
    "redis-address-fixed": redis_address,
    "allowed-hosts-fixed": allowed_hosts,
    "celery-certificates": celery_certificates,
    "csrf-origins-missing": trusted_origins,
    "debug-is-text": debug,
    "debug-on": debug,
    "debug-on-by-default": debug,
    "log-file": log_to_console,
    "proxy-ssl-header-missing": proxy_header,
    "secret-key-default": secret_key,
    "secret-key-hard-coded": secret_key,
    "secret-key-random": secret_key,
    "sqlite-on-ephemeral-disk": database_url,
    "static-files-not-served": whitenoise,
    "static-root-missing": static_root,
    "uploads-in-container": media_storage,
}
"""By rule. A finding that its editor cannot change safely has no patch, and its remedy in words."""


def with_patches(
    audit: Audit, facts: ProjectFacts, repository: RepositorySnapshot, redact: Redact, prefix: RepoPath
) -> Audit:
    """The audit with a patch at each finding that can have one, to be shown, and one of all that count, to be applied.

    The files are only read. A change that would overlap another one is left out of the patch of all.

    Args:
        redact: takes secrets out of lines that are shown. What is applied has to name the lines that it takes away.
        prefix: the scanned folder as a path of its checkout, from whose root patches are applied.
    """
    workshop = _Workshop(facts, repository, prefix)
    findings = []
    together: Changes = {}
    for finding in audit.findings:
        changes = workshop.changes(finding)
        patch = workshop.diff(changes) if changes else ""
        findings.append(replace(finding, patch="\n".join(redact("", patch.split("\n"))) or None))
        if patch and finding.counts:
            together = workshop.joined(together, changes)
    whole = workshop.diff(together)
    lines = whole.split("\n")
    return replace(
        audit,
        findings=tuple(findings),
        patch=whole or None,
        patch_holds_secrets=list(redact("", lines)) != lines,
    )


class _Workshop:
    """The files of a repository, each read and parsed once."""

    def __init__(self, facts: ProjectFacts, repository: RepositorySnapshot, prefix: RepoPath) -> None:
        self._facts = facts
        self._prefix = "" if prefix == "." else f"{prefix}/"
        self._repository = repository
        self._texts: dict[RepoPath, str | None] = {}
        self._files: dict[RepoPath, SettingsFile | None] = {}

    def changes(self, finding: Finding) -> Changes:
        """What a finding changes in which files; nothing where it cannot be changed."""
        editor = EDITORS.get(finding.rule)
        for place in finding.evidence if editor is not None else ():
            file = self._file(place.path) if place.path.endswith(".py") else None
            answer = editor(place, file, self._facts) if editor is not None and file is not None else None
            if answer is not None:
                more = additions(self._facts, answer.packages, self._text)
                if more is None:
                    return {}
                changes = {place.path: answer.splices}
                return {**changes, **{one.path: (one.splice,) for one in more}}
        return {}

    def joined(self, one: Changes, other: Changes) -> Changes:
        """Both, or the first alone where they do not go together."""
        both = {path: tuple(dict.fromkeys((*one.get(path, ()), *other.get(path, ())))) for path in {*one, *other}}
        return both if all(spliced(self._text(path) or "", both[path]) is not None for path in both) else one

    def diff(self, changes: Changes) -> str:
        """The changes as one unified diff, files by name."""
        return "".join(self._file_diff(path, changes[path]) for path in sorted(changes))

    def _file_diff(self, path: RepoPath, splices: Iterable[Splice]) -> str:
        before = self._text(path) or ""
        return file_diff(self._prefix + path, before, spliced(before, splices) or before)

    def _file(self, path: RepoPath) -> SettingsFile | None:
        if path not in self._files:
            text = self._text(path)
            self._files[path] = None if text is None else SettingsFile.parse(text)
        return self._files[path]

    def _text(self, path: RepoPath) -> str | None:
        """The text of a file as it is on disk, newlines included; None where it is not plain UTF-8."""
        if path not in self._texts:
            content = self._repository.read(path)
            try:
                text = None if content is None else content.decode()
            except UnicodeDecodeError:
                text = None
            self._texts[path] = None if text is None or text.startswith("\ufeff") else text
        return self._texts[path]
