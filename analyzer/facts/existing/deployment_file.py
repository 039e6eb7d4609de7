"""A deployment file that is being read, and the declarations that it makes."""

from analyzer.facts.existing.declaration import Assigned, Declaration, Words
from analyzer.facts.existing.images import Image, find_image
from analyzer.facts.existing.places import Place, RepositoryPlace
from analyzer.facts.existing.project_files import upward
from analyzer.facts.existing.roles import is_production
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProcessType
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentFile:
    """The file at `path`; `source` names its kind."""

    repo: RepositorySnapshot
    django_dir: RepoPath
    path: RepoPath
    source: str

    @property
    def folder(self) -> RepoPath:
        """The folder of the file."""
        return parent(self.path)

    @property
    def is_production(self) -> bool:
        """Whether the file may describe production."""
        return is_production(self.repo, self.path, self.django_dir)

    def evidence(self, line: int, note: str = "") -> Evidence:
        """A line of the file."""
        return Evidence(path=self.path, line=line, note=note)

    def place(self, folder: RepoPath | None = None) -> RepositoryPlace:
        """A checkout, where commands start in `folder` (the file's own when None)."""
        start = self.folder if folder is None else folder
        return RepositoryPlace(
            repo=self.repo, folder=start, others=tuple(dict.fromkeys((self.django_dir, self.folder, ".")))
        )

    def image(self, dockerfile: str, context: RepoPath | None = None, target: str | None = None) -> Image | None:
        """The image of a Dockerfile whose path is written from the context, the file's folder or the root."""
        bases = (context, self.folder, ".")
        contexts = tuple(
            dict.fromkeys(base for base in (*bases, *reversed(upward(self.django_dir))) if base is not None)
        )
        for base in contexts:
            path = join(base, dockerfile.lstrip("/"))
            if path is not None and self.repo.is_file(path):
                return find_image(self.repo, path, contexts, target)
        return None

    def is_about_project(self, folder: RepoPath) -> bool:
        """Whether a component of this folder can be the Django project: the folder holds it or lies in it."""
        return folder in upward(self.django_dir) or folder.startswith(f"{self.django_dir}/")

    def declare(
        self,
        name: str,
        words: Words | None,
        *,
        line: int = 1,
        place: Place | None = None,
        hint: ProcessType | None = None,
        firm: bool = False,
        prepares: bool = False,
        environment: tuple[Assigned, ...] = (),
        production: bool = True,
    ) -> Declaration:
        """A declaration of this file: `line` is where it stands when it has no command."""
        return Declaration(
            name=name,
            source=self.source,
            file=self.path,
            command="" if words is None else words.text,
            evidence=self.evidence(line) if words is None else words.evidence,
            place=self.place() if place is None else place,
            hint=hint,
            firm=firm,
            prepares=prepares,
            environment=environment,
            production=production and self.is_production,
        )
