"""Files because of which the complete builder takes the folder for an app in another language (data/google.toml)."""

from analyzer.buildpacks.google.files import in_root
from analyzer.buildpacks.google.tables import MESSAGES, table
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, RepoPath


def warn_about_other_languages(source: Source, has_entrypoint: bool, notes: Notes) -> None:
    """Warn of each language whose groups come before the one that is predicted here."""
    endings = tuple(ending for row in table()["before"] if row.get("anywhere") for ending in row["endings"])
    deep = [
        path for path in source.repository.files if path.endswith(endings) and "node_modules" not in path.split("/")
    ]
    for row in table()["before"]:
        if row.get("after") == "entrypoint" and has_entrypoint:
            continue
        path = next((name for name in row.get("names", ()) if source.tree.exists(name)), None)
        path = path or next((found for ending in row["endings"] if (found := in_root(source, ending))), None)
        if path is None and row.get("anywhere"):
            path = _nearest(deep, tuple(row["endings"]))
        if path is not None:
            condition = ", since there is no Procfile" if row.get("after") == "entrypoint" else ""
            values = {"path": path, "language": row["language"], "condition": condition}
            notes.warn(MESSAGES.warning("builder::other-language", Evidence(path=path, note=row["lines"]), **values))


def _nearest(paths: list[RepoPath], endings: tuple[str, ...]) -> RepoPath | None:
    found = (path for path in paths if path.endswith(endings))
    return min(found, key=lambda path: (path.count("/"), path), default=None)
