"""What an image starts: CMD and ENTRYPOINT of Dockerfiles, and what a container changes of them."""

from analyzer.facts.existing.declaration import Assigned, Words, quoted_words, shell_words
from analyzer.facts.existing.dockerfile import Dockerfile, read_dockerfile
from analyzer.facts.existing.image_files import ImageFiles, Mount
from analyzer.facts.existing.instructions import Instruction
from analyzer.facts.existing.roles import Role, word_role
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A stage of a Dockerfile; `contexts` are the folders that may be its build context, likeliest first."""

    repo: RepositorySnapshot
    dockerfile: Dockerfile
    stage: int
    contexts: tuple[RepoPath, ...]

    def files(self, mounts: tuple[Mount, ...] = (), working_dir: str | None = None) -> ImageFiles:
        """Where a container of the image has the files of the repository."""
        return ImageFiles(
            repo=self.repo,
            dockerfile=self.dockerfile,
            stage=self.stage,
            contexts=self.contexts,
            mounts=mounts,
            working_dir=working_dir,
        )

    @property
    def environment(self) -> tuple[Assigned, ...]:
        """The variables that ENV sets."""
        return tuple(
            Assigned(name=name, value=a.value, evidence=Evidence(path=self.dockerfile.path, line=a.line))
            for name, a in self.dockerfile.assignments(self.stage).items()
            if not a.is_argument
        )

    def starts(self, entrypoint: Words | None = None, command: Words | None = None) -> Words | None:
        """What a container runs; `entrypoint` and `command` are the container's own. None when nothing says.

        As Docker does: another entry point drops the image's CMD, and an entry point in the shell form every CMD.
        """
        own_entrypoint = self.dockerfile.last("ENTRYPOINT", self.stage)
        if command is None and entrypoint is None:
            own_command = self.dockerfile.last("CMD", self.stage)
            reset = own_command and own_entrypoint and own_command.stage < own_entrypoint.stage
            command = None if own_command is None or reset else self._words(own_command)
        if entrypoint is None and own_entrypoint is not None:
            entrypoint = self._words(own_entrypoint)
        return joined(entrypoint, command)

    def _words(self, instruction: Instruction) -> Words:
        words = instruction.arguments
        text = instruction.value if words is None else shell_words(words)
        evidence = Evidence(path=self.dockerfile.path, line=instruction.line)
        return Words(text=text, evidence=evidence, in_shell=words is None)


def joined(entrypoint: Words | None, command: Words | None) -> Words | None:
    """The command of a container from its entry point and the arguments that it gets."""
    if entrypoint is None or not entrypoint.text:
        return command
    if command is None or not command.text or entrypoint.in_shell:
        return entrypoint
    arguments = f"sh -c {quoted_words((command.text,))}" if command.in_shell else command.text
    return Words(text=f"{entrypoint.text} {arguments}", evidence=command.evidence)


def find_image(
    repo: RepositorySnapshot, path: RepoPath, contexts: tuple[RepoPath, ...], target: str | None = None
) -> Image | None:
    """The image that a Dockerfile builds, the stage `target` of it where named; None without a readable file."""
    dockerfile = read_dockerfile(repo, path)
    if dockerfile is None or not dockerfile.stages:
        return None
    return Image(repo=repo, dockerfile=dockerfile, stage=_final_stage(dockerfile, target), contexts=contexts)


def _final_stage(dockerfile: Dockerfile, target: str | None) -> int:
    """The named stage, or the last one; before a last one for development goes the one for production."""
    if target is not None:
        named = [s.index for s in dockerfile.stages if s.name == target.lower() or str(s.index) == target]
        if named:
            return named[0]
    last = dockerfile.stages[-1]
    if last.name is not None and word_role(last.name) is Role.DEVELOPMENT:
        named = [s.index for s in dockerfile.stages if s.name is not None and word_role(s.name) is Role.PRODUCTION]
        if named:
            return named[-1]
    return last.index
