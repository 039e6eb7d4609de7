"""Images that the repository builds and names, so that a `FROM` of that name means one of its own Dockerfiles."""

from collections.abc import Iterator

from analyzer.facts.existing.build_commands import BuildCommand, build_commands
from analyzer.facts.existing.compose import compose_images
from analyzer.facts.existing.container_images import is_dockerfile_name
from analyzer.facts.existing.images import Image, find_image
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot

MAX_NAMES = 200
"""Names of images; further ones are left out."""

_UNKNOWN = lazy_pattern(r"\$\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|\$\w+")
"""What stands for text that only the build knows."""
_HUB = lazy_pattern(r"^(?:docker\.io/)?(?:library/)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedImage:
    """An image of the repository, its name without tag (variables as written), and where it gets that name."""

    name: str
    image: Image
    evidence: Evidence

    def is_called(self, reference: str) -> bool:
        """Whether `reference` (a FROM) can mean it: variables may stand for anything, but not for the last part."""
        name = _without_tag(reference)
        if "$" not in self.name or basename(self.name) != basename(name):
            return self.name == name
        first, *others = _UNKNOWN.split(parent(self.name))
        folder, last = parent(name), others[-1] if others else ""
        fits = folder.startswith(first) and folder.endswith(last) and len(folder) > len(first) + len(last)
        return fits and not "".join(others[:-1]).strip("/")


def named_images(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[NamedImage, ...]:
    """The images that Compose services, build commands and GitHub workflows build under a name."""
    found = [
        NamedImage(name=_without_tag(name), image=image, evidence=evidence)
        for name, image, evidence in compose_images(repo, django_dir)
        if name
    ]
    found += (named for command in build_commands(repo) for named in _of_command(repo, command))
    return tuple(found[:MAX_NAMES])


def image_called(images: tuple[NamedImage, ...], reference: str) -> NamedImage | None:
    """The image that `reference` means; None where none or several of different Dockerfiles or stages fit."""
    fitting = {(n.image.dockerfile.path, n.image.stage): n for n in reversed(images) if n.is_called(reference)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _of_command(repo: RepositorySnapshot, command: BuildCommand) -> Iterator[NamedImage]:
    image = _image(repo, command) if command.names else None
    if image is not None:
        for name in command.names:
            yield NamedImage(name=_without_tag(name), image=image, evidence=command.evidence)


def _image(repo: RepositorySnapshot, command: BuildCommand) -> Image | None:
    """The image of a command that runs in the folder of its file or at the root; a Dockerfile's comments are about
    itself."""
    own = is_dockerfile_name(basename(command.evidence.path))
    for base in dict.fromkeys((parent(command.evidence.path), ".")):
        context = join(base, command.context)
        if context is None:
            continue
        path = join(context, "Dockerfile") if command.file is None else join(base, command.file)
        if path is not None and repo.is_file(path) and (not own or path == command.evidence.path):
            return find_image(repo, path, (context,), command.target)
    return None


def _without_tag(reference: str) -> str:
    """The name of an image reference, as Docker Hub's short form has it."""
    name = _HUB.sub("", reference.partition("@")[0])
    return name[: -len(basename(name))] + basename(name).partition(":")[0]
