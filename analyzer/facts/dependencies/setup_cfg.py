"""Requirements that setuptools takes from setup.cfg.

Source: setuptools' documentation, "Configuring setuptools using setup.cfg files".
"""

from collections.abc import Iterator

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared, combine, declare, problem
from analyzer.facts.dependencies.requirement_lines import parse_requirement
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from analyzer.facts.dependencies.urls import without_credentials
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.snapshot.documents import IniDocument, ParseFailure, read_ini
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot

_FILE = "file:"


def read_setup_cfg(
    repo: RepositorySnapshot, path: RepoPath, activation: Activation, reader: RequirementsReader
) -> Declared:
    """`install_requires` and the extras of a setup.cfg; nothing when it only configures tools."""
    document = read_ini(repo, path)
    if document is None:
        return Declared()
    if isinstance(document, ParseFailure):
        return Declared(problems=(problem(path, document.line, document.reason),))
    required = document.sections.get("options", {}).get("install_requires")
    extras = document.sections.get("options.extras_require", {})
    parts = list(_value(repo, document, "options", "install_requires", required or "", None, reader))
    for extra, value in extras.items():
        group = activation.extra(extra)
        parts += _value(repo, document, "options.extras_require", extra, value, group, reader)
    return combine([*parts, Declared(files=(path,))]) if parts else Declared()


def _value(
    repo: RepositorySnapshot,
    document: IniDocument,
    section: str,
    key: str,
    value: str,
    group: str | None,
    reader: RequirementsReader,
) -> Iterator[Declared]:
    if value.strip().startswith(_FILE):
        for name in value.strip().removeprefix(_FILE).split(","):
            target = join(parent(document.path), name.strip())
            if target is not None and repo.is_file(target):
                yield reader.read(target, group)
        return
    # As setuptools does: one requirement a line, or several on one line with semicolons between them.
    for entry in value.splitlines() if "\n" in value else value.split(";"):
        text = entry.strip()
        if text and not text.startswith("#"):
            line = _line_with(repo, document, section, key, text)
            evidence = Evidence(path=document.path, line=line, note=without_credentials(text))
            yield declare(parse_requirement(text), group, evidence)


def _line_with(repo: RepositorySnapshot, document: IniDocument, section: str, key: str, text: str) -> int:
    """The line of one entry of a multi-line value: the parser keeps only the line of the key."""
    start = document.line_of(section, key)
    lines = (repo.text(document.path) or "").split("\n")
    return next((n for n, line in enumerate(lines[start:], start + 1) if line.strip() == text), start)
