"""Places as a page names them: path and line, and the address at which a browser finds them."""

from collections.abc import Iterable
from posixpath import normpath
from urllib.parse import quote

from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.prediction import BuildpackPrediction
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.report import Report
from analyzer.render.statements import is_default

_HOSTS = {
    "github.com": "https://github.com/{repository}/blob/{commit}/{path}#L{line}",
    "gitlab.com": "https://gitlab.com/{repository}/-/blob/{commit}/{path}#L{line}",
    "bitbucket.org": "https://bitbucket.org/{repository}/src/{commit}/{path}#lines-{line}",
}
"""Where hosts show a line of a file."""
_LINES = lazy_pattern(r"^(?:(\S.*?) )?(\d+)(?:-(\d+))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text, and the address behind it where there is one."""

    text: str
    url: str | None = None
    note: str = ""


class Places:
    """The places of one report."""

    def __init__(self, report: Report) -> None:
        git = report.facts.git
        self._address = _HOSTS.get(git.host) if git is not None and report.commit is not None else None
        self._repository = git.path if git is not None else ""
        self._commit = report.commit or ""
        self._prefix = report.prefix

    def of(self, evidence: Iterable[Evidence]) -> tuple[Link, ...]:
        """A link for each place, the same place once; the scanned folder itself has only its note."""
        links: dict[str, Link] = {}
        for one in map(self._link, evidence):
            links.setdefault(one.text or one.note, one)
        links.pop("", None)
        return tuple(links.values())

    def _link(self, evidence: Evidence) -> Link:
        if evidence.path == ".":
            return Link(text="", note=evidence.note)
        if is_default(evidence):
            return Link(text=evidence.path, note=evidence.note)
        url = None
        if self._address is not None:
            path = normpath(f"{self._prefix}/{evidence.path}")
            url = self._address.format(
                repository=quote(self._repository), commit=quote(self._commit), path=quote(path), line=evidence.line
            )
        return Link(text=f"{evidence.path}:{evidence.line}", url=url, note=evidence.note)


def upstream_links(prediction: BuildpackPrediction, source: str) -> tuple[Link, ...]:
    """The files that `Statement.source` names, at the commit that was read; what is no file has no address.

    A name without a folder is in the folder of the file before it, lines without a name are of that file.
    """
    links: list[Link] = []
    upstream, path = None, ""
    for part in source.split(", ") if source else ():
        found = _LINES.match(part)
        if found is None:
            links.append(Link(text=part))
            continue
        name = found[1] or ""
        named = next((one for one in prediction.upstream if one.prefix and name.startswith(one.prefix)), None)
        if named is not None:
            upstream, path = named, name.removeprefix(named.prefix)
        elif "/" in name:
            upstream = upstream or next((one for one in prediction.upstream if not one.prefix), None)
            path = name
        elif name:
            path = f"{path.rpartition('/')[0]}/{name}".lstrip("/")
        url = None
        if upstream is not None:
            lines = f"#L{found[2]}" + (f"-L{found[3]}" if found[3] else "")
            url = f"https://github.com/{upstream.repository}/blob/{upstream.revision}/{quote(path)}{lines}"
        links.append(Link(text=part, url=url))
    return tuple(links)
