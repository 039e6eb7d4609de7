"""What a predictor is given: the folder that the platform builds, and what the scan knows about the project in it."""

from collections.abc import Mapping
from dataclasses import field

from analyzer.model.facts import ProjectFacts
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.source_tree import SourceTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The folder that is built (the root, or the configured source directory), as its own root.

    Buildpacks answer for any folder: `facts` is None where it holds no Django project, and paths in facts are relative
    to the same folder. `variables` are the build-time variables that the platform sets, such as DISABLE_COLLECTSTATIC.
    """

    tree: SourceTree
    repository: RepositorySnapshot
    facts: ProjectFacts | None
    variables: Mapping[str, str] = field(default_factory=dict)
