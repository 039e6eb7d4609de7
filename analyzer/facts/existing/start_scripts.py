"""Shell scripts whose names say that they start the project, where no file says that they are started."""

from collections.abc import Iterator

from analyzer.facts.existing.container_images import is_shell_script
from analyzer.facts.existing.declaration import Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.project_files import upward
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import basename, join
from analyzer.snapshot.repository import RepositorySnapshot

_NAME = lazy_pattern(
    r"(?:[\w-]+[_-])?(?:start(?:up)?|run|entrypoint|boot|serve|server|web|worker|celery|beat|gunicorn|uwsgi)(?:[_-][\w-]+)?"
    r"(?:\.(?:sh|bash))?"
)
_FOLDERS = (".", "bin", "scripts", "script", "deploy", "deployment", "docker")


def start_scripts(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The scripts of the project's folder, of those above it and of their folders for scripts."""
    for folder in upward(django_dir):
        for inner in (join(folder, name) for name in _FOLDERS):
            for name in repo.children(inner) if inner is not None else ():
                path = join(inner or ".", name)
                if path is None or not _NAME.fullmatch(basename(path)) or not repo.is_file(path):
                    continue
                text = repo.text(path) or ""
                if is_shell_script(text) or name.endswith(".sh"):
                    file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="script")
                    words = Words(text=text, evidence=Evidence(path=path))
                    yield file.declare("", words, place=file.place(folder))
