"""Secrets that stand in files of the repository: private keys, environment files, tokens by their shape."""

import re
from collections.abc import Iterator
from functools import cache

from analyzer.facts.environment_names import is_secret
from analyzer.facts.existing.environment_files import example_files, read_environment_file
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import CommittedSecret, SecretKind
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

MAX_BYTES = 100_000
"""Of a file in which tokens are looked for; larger ones are data."""
MAX_FOUND = 50
_NOT_OF_PRODUCTION = lazy_pattern(
    r"(?:^|[/._-])(?:tests?|testing|fixtures?|examples?|samples?|exemplo|docs?|documentation|demo|e2e|cypress|mocks?|"
    r"node_modules|vendor|static|local|dev|devel|development|ganache|ci|build)(?=[/._-]|$)",
)
_KEY = lazy_pattern(r"-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-")
_ENVIRONMENT_FILE = lazy_pattern(r"\.env(?:\.prod(?:uction)?)?|prod(?:uction)?\.env|env\.prod(?:uction)?")
_CODE = lazy_pattern(r".*\.(?:py|ya?ml|json|toml|ini|cfg|conf|sh|properties|env)|Dockerfile|Procfile|\.env[\w.-]*")
_PLACEHOLDER = lazy_pattern(
    r"change|your|example|placeholder|dummy|secret|password|passwd|postgres|root|admin|user|test|local|xxx|\*\*|todo|"
    r"replace|insert|generate|foo|bar|123|abc|none|null|false|true|\$|<|\{\{"
)


def committed_secrets(
    repo: RepositorySnapshot, django_dir: RepoPath, private_keys: tuple[RepoPath, ...]
) -> tuple[CommittedSecret, ...]:
    """What is found, by path and line; the first line of a private key.

    Args:
        private_keys: the files that hold one.
    """
    found: list[CommittedSecret] = []
    for path in private_keys:
        if not _NOT_OF_PRODUCTION.search(path.lower()):
            line = _line_of_key(repo.text(path) or "")
            found.append(CommittedSecret(kind=SecretKind.PRIVATE_KEY, name="", evidence=Evidence(path=path, line=line)))
    found += _in_environment_files(repo, django_dir)
    places = {(one.evidence.path, one.evidence.line) for one in found}
    found += (one for one in _tokens(repo) if (one.evidence.path, one.evidence.line) not in places)
    return tuple(sorted(found, key=lambda one: (one.evidence.path, one.evidence.line))[:MAX_FOUND])


def _line_of_key(text: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), 1) if _KEY.search(line)), 1)


def _in_environment_files(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[CommittedSecret]:
    """Values of secrets in files that are read as they are; what reads like an example is none."""
    examples = set(example_files(repo, django_dir))
    for path in repo.matching(_ENVIRONMENT_FILE.fullmatch):
        if path in examples or _NOT_OF_PRODUCTION.search(path.lower()):
            continue
        for assigned in read_environment_file(repo, path):
            value = assigned.value or ""
            if is_secret(assigned.name) and len(value) >= 8 and not _PLACEHOLDER.search(value.lower()):
                yield CommittedSecret(kind=SecretKind.ENVIRONMENT_FILE, name=assigned.name, evidence=assigned.evidence)


def _tokens(repo: RepositorySnapshot) -> Iterator[CommittedSecret]:
    """Tokens whose issuers give them a shape, in code and configuration."""
    table = load_table("analyzer.facts", "token_issuers")
    needles = tuple(needle.encode() for needle in table["needles"])
    for path in sorted(repo.matching(_CODE.fullmatch)):
        if _NOT_OF_PRODUCTION.search(path.lower()) or basename(path) in table["lock_files"]:
            continue
        content = repo.read(path)
        if content is None or len(content) > MAX_BYTES or not any(needle in content for needle in needles):
            continue
        for number, line in enumerate((repo.text(path) or "").split("\n"), 1):
            match = _shapes().search(line)
            if match is not None and "EXAMPLE" not in match[0] and not _is_monotonous(match[0]):
                evidence = Evidence(path=path, line=number)
                yield CommittedSecret(kind=SecretKind.TOKEN, name=match.lastgroup or "", evidence=evidence)


@cache
def _shapes() -> re.Pattern[str]:
    """The shapes, in groups that have the names of their issuers."""
    issuers = load_table("analyzer.facts", "token_issuers")["issuers"]
    shapes = "|".join(f"(?P<{name}>{shape})" for name, shape in issuers.items())
    return re.compile(rf"(?<![A-Za-z0-9])(?:{shapes})")


def _is_monotonous(text: str) -> bool:
    """Whether it is made of few different characters, as what stands for a token is."""
    return len(set(text)) < 12
