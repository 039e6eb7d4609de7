"""Templates that load files from a folder of STATICFILES_DIRS which the repository does not have.

`{% static "node/htmx/htmx.js" %}` is the file `htmx/htmx.js` of the folder whose prefix is `node`
(docs.djangoproject.com/en/5.2/ref/settings/#prefixes-optional). Without a prefix, what belongs to `node_modules` begins
with the name of a package of package.json.
"""

import posixpath
from collections.abc import Iterator, Mapping

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import DjangoFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.static_folders import prefix_and_folder
from analyzer.snapshot.documents import JsonDocument, read_json
from analyzer.snapshot.repository import RepositorySnapshot

MAX_FILES = 2_000
MAX_PLACES = 5
"""Of one folder."""
_STATIC = lazy_pattern(r"""\{%-?[ \t]*static[ \t]+["']([^"'\n{]{1,300}[^"'\n{/])["']""")
"""The name of a file; one that ends with a slash is a link to pages."""
_TESTS = lazy_pattern(r"(^|/)(tests?|docs?|node_modules)/")
_MODULES = "node_modules"


def missing_static(
    repo: RepositorySnapshot, root: RepoPath, django: DjangoFacts
) -> Mapping[RepoPath, tuple[Evidence, ...]]:
    """Folder -> the places that load from it; the note is the name that is loaded. No template is read where no folder
    is missing."""
    folders = dict(_missing(repo, django))
    found: dict[RepoPath, list[Evidence]] = {}
    for place in _names(repo, root) if folders else ():
        folder = next((one for one, starts in folders.items() if place.note.startswith(starts)), None)
        if folder is not None and len(found.setdefault(folder, [])) < MAX_PLACES:
            found[folder].append(place)
    return {folder: tuple(places) for folder, places in found.items()}


def _missing(repo: RepositorySnapshot, django: DjangoFacts) -> Iterator[tuple[RepoPath, tuple[str, ...]]]:
    """(folder, beginnings of the names of its files)"""
    setting = django.settings.get("STATICFILES_DIRS")
    for entry in setting.configured if setting is not None and isinstance(setting.configured, tuple) else ():
        prefix, folder = prefix_and_folder(entry)
        if not isinstance(prefix, str) or not isinstance(folder, str) or folder.startswith(("/", "..", "<")):
            continue
        path = posixpath.normpath(folder)
        if not repo.is_dir(path):
            yield path, (f"{prefix.strip('/')}/",) if prefix else _packages(repo, path)


def _packages(repo: RepositorySnapshot, folder: RepoPath) -> tuple[str, ...]:
    """The names of the packages that an installation puts into a `node_modules`; none for another folder."""
    home, _, name = folder.rpartition("/")
    manifest = read_json(repo, posixpath.join(home, "package.json")) if name == _MODULES else None
    data = manifest.data if isinstance(manifest, JsonDocument) and isinstance(manifest.data, dict) else {}
    groups = (data.get(key) for key in ("dependencies", "devDependencies"))
    return tuple(f"{package}/" for group in groups if isinstance(group, dict) for package in group)


def _names(repo: RepositorySnapshot, root: RepoPath) -> Iterator[Evidence]:
    """The literal names that templates load."""
    templates = [path for path in repo.under(root) if path.endswith(".html") and not _TESTS.search(path)]
    for path in templates[:MAX_FILES]:
        if b"static" in (repo.read(path) or b""):
            for number, line in enumerate((repo.text(path) or "").split("\n"), 1):
                for match in _STATIC.finditer(line) if "static" in line else ():
                    yield Evidence(path=path, line=number, note=match[1])
