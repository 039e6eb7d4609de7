"""Secrets that stand in files of the repository: private keys, environment files, tokens by their shape."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice

from analyzer.facts.environment_names import is_secret
from analyzer.facts.existing.environment_files import example_files, read_environment_file
from analyzer.facts.existing.redaction import holds_secret
from analyzer.facts.private_keys import BEGINNING
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import CommittedSecret, SecretKind, Setting
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.needles import needles
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

MAX_BYTES = 100_000
"""Of a file in which tokens are looked for; larger ones are data."""
MAX_TOTAL = 8_000_000
"""Bytes in which tokens are looked for, those with the fewest folders above them first."""
MAX_FOUND = 50
_NOT_OF_PRODUCTION = lazy_pattern(
    r"(?:^|[/._-])(?:tests?|testing|fixtures?|examples?|samples?|exemplo|docs?|documentation|demo|e2e|cypress|mocks?|"
    r"node_modules|vendor|static|migrations|locale|local|dev|devel|development|ganache|ci|build)(?=[/._-]|$)",
)
_KEY = lazy_pattern(BEGINNING)
_ENVIRONMENT_FILE = lazy_pattern(r"\.env(?:\.prod(?:uction)?)?|prod(?:uction)?\.env|env\.prod(?:uction)?")
_NAME = lazy_pattern(r"[A-Za-z_]\w*(?:[.:/]\w+)+|[\w./-]*\.[a-z]{2,5}|AIza.*")
"""Dotted paths, names of files, and keys that pages show."""
_PUBLIC = lazy_pattern(r"MAPS?_|SITE_?KEY|WRITE_KEY|CLIENT_KEY|_KEY_(?:NAME|FIELD)|FINGERPRINT|VAPID_PUB")
_PASSWORD = lazy_pattern(r"PASSWORD|PASSWD|PASS$|PWD$")
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
        if not _is_left_out(path):
            line = _line_of_key(repo.text(path) or "")
            found.append(CommittedSecret(kind=SecretKind.PRIVATE_KEY, name="", evidence=Evidence(path=path, line=line)))
    found += _in_environment_files(repo, django_dir)
    places = {(one.evidence.path, one.evidence.line) for one in found}
    found += (one for one in _tokens(repo) if (one.evidence.path, one.evidence.line) not in places)
    return tuple(sorted(found, key=lambda one: (one.evidence.path, one.evidence.line))[:MAX_FOUND])


def secrets_of_settings(settings: Mapping[str, Setting]) -> tuple[CommittedSecret, ...]:
    """Settings of production that are called like secrets and have a value in the code that looks like one."""
    found = (
        CommittedSecret(kind=SecretKind.SETTING, name=name, evidence=setting.evidence[0])
        for name, setting in sorted(settings.items())
        if name != "SECRET_KEY"
        and not setting.env
        and is_secret(name)
        and not _PUBLIC.search(name)
        and isinstance(setting.configured, str)
        and _looks_secret(name, setting.configured)
        and not _is_left_out(setting.evidence[0].path)
    )
    return tuple(islice(found, MAX_FOUND))


def _is_left_out(path: RepoPath) -> bool:
    """Whether the name of a file, or of a folder above it, says that it is not part of production."""
    folder, _, name = path.rpartition("/")
    return _says_so(folder) or _says_so(name)


@lru_cache(4_096)
def _says_so(names: str) -> bool:
    """Of a folder's path, since most files have their folder in common with others, or of a file's name."""
    return _NOT_OF_PRODUCTION.search(names.lower()) is not None


def _looks_secret(name: str, value: str) -> bool:
    """Whether it is more than a word, a path or what stands for a secret that somebody else has."""
    if "://" in value:
        return holds_secret(value) and not _PLACEHOLDER.search(value.partition("://")[2].partition("@")[0].lower())
    if len(value) < 8 or _PLACEHOLDER.search(value.lower()):
        return False
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    if _PASSWORD.search(name):
        return not any(c.isspace() for c in value)
    return mixed and (len(value) >= 12) and not _is_name(value)


def _is_name(value: str) -> bool:
    """A dotted path, the name of a file, or a sentence."""
    return any(c.isspace() for c in value) or _NAME.fullmatch(value) is not None


def _line_of_key(text: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), 1) if _KEY.search(line)), 1)


def _in_environment_files(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[CommittedSecret]:
    """Values of secrets in files that are read as they are; what reads like an example is none."""
    examples = set(example_files(repo, django_dir))
    for path in repo.matching(_ENVIRONMENT_FILE.fullmatch):
        if path in examples or _is_left_out(path):
            continue
        for assigned in read_environment_file(repo, path):
            if is_secret(assigned.name) and _looks_secret(assigned.name, assigned.value or ""):
                yield CommittedSecret(kind=SecretKind.ENVIRONMENT_FILE, name=assigned.name, evidence=assigned.evidence)


def _tokens(repo: RepositorySnapshot) -> Iterator[CommittedSecret]:
    """Tokens whose issuers give them a shape, in code and configuration."""
    table = load_table("analyzer.facts", "token_issuers")
    beginnings = needles(table["needles"])
    left = MAX_TOTAL
    for path in sorted(repo.matching(_CODE.fullmatch), key=lambda path: (path.count("/"), path)):
        if left <= 0:
            break
        if _is_left_out(path) or basename(path) in table["lock_files"]:
            continue
        content = repo.read(path)
        if content is None or len(content) > MAX_BYTES:
            continue
        left -= len(content)
        if not repo.holds(path, beginnings):
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
    return lazy_pattern(rf"(?<![A-Za-z0-9])(?:{shapes})")


def _is_monotonous(text: str) -> bool:
    """Whether it is made of few different characters, as what stands for a token is."""
    return len(set(text)) < 12
