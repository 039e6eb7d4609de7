"""The lines that name the items of INSTALLED_APPS and MIDDLEWARE, which is where one takes an item out."""

import re
from collections.abc import Mapping
from dataclasses import replace

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Plain, Setting
from analyzer.snapshot.repository import RepositorySnapshot

LISTS = ("INSTALLED_APPS", "MIDDLEWARE")


def with_item_places(
    repo: RepositorySnapshot, files: tuple[RepoPath, ...], settings: Mapping[str, Setting]
) -> dict[str, Setting]:
    """The settings, those lists with `places` by item.

    Args:
        files: what the settings module loads, where the items are looked for.
    """
    found = dict(settings)
    for name in LISTS:
        setting = found.get(name)
        items = _texts(setting.configured) or _texts(setting.bare) if setting is not None else []
        if setting is not None and items:
            # The file that writes the list comes first: others may name an item for another reason.
            own = dict.fromkeys(one.path for one in setting.evidence)
            ordered = [path for path in (*own, *files) if path in files]
            first = {path: min(one.line for one in setting.evidence if one.path == path) for path in own}
            found[name] = replace(setting, places=_places(repo, list(dict.fromkeys(ordered)), items, first))
    return found


def _texts(plain: Plain) -> list[str]:
    return [item for item in plain if isinstance(item, str)] if isinstance(plain, tuple) else []


def _places(
    repo: RepositorySnapshot, files: list[RepoPath], items: list[str], first: Mapping[RepoPath, int]
) -> dict[str, Evidence]:
    """The first line with the item in quotes, no comment, no key of a dictionary and nothing that is taken out.

    Args:
        first: the lines where files begin to write the list; what stands above, as in another branch, comes last.
    """
    quoted = re.compile(rf"""["']({"|".join(map(re.escape, items))})["'](?!\s*:)""")
    found: dict[str, Evidence] = {}
    wanted = len(set(items))
    for path in files:
        lines = list(enumerate((repo.text(path) or "").split("\n"), 1))
        start = first.get(path, 1) - 1
        for number, line in (*lines[start:], *lines[:start]):
            if ('"' not in line and "'" not in line) or line.lstrip().startswith("#") or ".remove(" in line:
                continue
            for match in quoted.finditer(line):
                found.setdefault(match[1], Evidence(path=path, line=number))
            if len(found) == wanted:
                return found
    return found
