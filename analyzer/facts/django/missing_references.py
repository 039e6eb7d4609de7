"""Static files that name others which are not there: a storage with a manifest stops at the first of them.

What is looked for is what django/contrib/staticfiles/storage.py (HashedFilesMixin.patterns) looks for in style sheets,
and since Django 4.0 the source maps that scripts name. Comments are left out, although older releases read them, too.
"""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag

from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.local_apps import local_apps
from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import DjangoFacts, Plain
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.project_code import MissingReference
from analyzer.snapshot.repository import RepositorySnapshot

MAX_FILES = 2_000
MAX_CHARACTERS = 1_000_000
"""Of one file."""
MAX_FOUND = 5
_FINDERS = (
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "compressor.finders.CompressorFinder",
)
_URL = lazy_pattern(
    r"""url\(\s*(?:"([^"\n]{1,500})"|'([^'\n]{1,500})'|([^"'()\s]{1,500}))\s*\)|@import\s*["']([^"'\n]{1,500})["']""",
    re.I,
)
_MAP = lazy_pattern(r"^//# sourceMappingURL=([^\s]{1,500})[ \t]*$", re.MULTILINE)
_SCHEME = lazy_pattern(r"[a-zA-Z]+:|//|\{|\$|@|<|%7[bB]")


def missing_references(program: Program, django: DjangoFacts) -> tuple[MissingReference, ...]:
    """The first of them; none where no storage with a manifest is used, or where other finders add files."""
    storage = django.image_settings.storage
    finders = django.settings.get("STATICFILES_FINDERS")
    ours = finders is None or (isinstance(finders.configured, tuple) and set(finders.configured) <= set(_FINDERS))
    if not isinstance(storage, Fact) or "Manifest" not in (storage.value or "") or not ours:
        return ()
    files = _static_files(program, django)
    url = django.static.url.value if isinstance(django.static.url, Fact) else None
    folders = {posixpath.dirname(name) for name in files}
    others = _foreign(program, django)
    found = []
    for name, path in sorted(files.items())[:MAX_FILES]:
        for target, line in _references(program.repo, name, path, url or "/static/"):
            top = target.partition("/")[0]
            if target in files or target.startswith("..") or target in folders:
                continue
            beside = posixpath.dirname(target) in folders
            if not beside and (top in others or not any(f == top or f.startswith(f"{top}/") for f in folders)):
                continue
            evidence = Evidence(path=path, line=line)
            found.append(MissingReference(source=name, target=target, beside=beside, evidence=evidence))
            if len(found) == MAX_FOUND:
                return tuple(found)
    return tuple(found)


def _static_files(program: Program, django: DjangoFacts) -> dict[str, RepoPath]:
    """What the two finders of Django find in the repository, by the name that it is collected under."""
    setting = django.settings.get("STATICFILES_DIRS")
    entries = setting.configured if setting is not None and isinstance(setting.configured, tuple) else ()
    folders = [pair for entry in entries if (pair := _folder(entry)) is not None]
    folders += [("", f"{app.folder}/static") for app in local_apps(program, django)]
    files: dict[str, RepoPath] = {}
    for prefix, folder in folders:
        if program.repo.is_dir(folder):
            for path in program.repo.under(folder):
                files.setdefault(posixpath.join(prefix, path[len(folder) + 1 :]), path)
    return files


def _folder(entry: Plain) -> tuple[str, RepoPath] | None:
    match entry:
        case str() if entry not in (".", ""):
            return "", entry.rstrip("/")
        case (str() as prefix, str() as folder):
            return prefix, folder.rstrip("/")
    return None


def _foreign(program: Program, django: DjangoFacts) -> set[str]:
    """Folders below which packages keep their own static files: the names of their apps."""
    apps = django.installed_apps.value if isinstance(django.installed_apps, Fact) else ()
    return {part for app in apps if program.finds(app) is None for part in app.split(".")}


def _references(repo: RepositorySnapshot, name: str, path: RepoPath, url: str) -> Iterator[tuple[str, int]]:
    """(collected name of what is referred to, line)"""
    if not name.endswith((".css", ".js")):
        return
    text = repo.text(path)
    if text is None or len(text) > MAX_CHARACTERS:
        return
    if name.endswith(".js"):
        matches = _MAP.finditer(text) if "sourceMappingURL=" in text else iter(())
    else:
        text = _without_comments(text)
        matches = _URL.finditer(text)
    for match in matches:
        raw = next(group for group in match.groups() if group is not None)
        target = _target(raw.strip(), name, url)
        if target is not None:
            yield target, text.count("\n", 0, match.start()) + 1


def _without_comments(text: str) -> str:
    """A style sheet with its comments taken out, their lines kept; one without an end reaches to the last line."""
    parts = []
    at = 0
    while (begin := text.find("/*", at)) >= 0:
        end = text.find("*/", begin + 2)
        parts += [text[at:begin], "\n" * text.count("\n", begin, end if end >= 0 else len(text))]
        if end < 0:
            return "".join(parts)
        at = end + 2
    return "".join([*parts, text[at:]])


def _target(raw: str, name: str, url: str) -> str | None:
    path = unquote(urldefrag(raw).url).partition("?")[0]
    if _SCHEME.match(raw) or not path or path.endswith("/"):
        return None
    if path.startswith("/"):
        return path.removeprefix(url) if path.startswith(url) and url != "/" else None
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
