"""What a scan hands to the renderers."""

from analyzer.model.evidence import RepoPath
from analyzer.model.facts import ProjectFacts, RepositoryFacts
from analyzer.model.finding import Audit
from analyzer.model.plan import DeploymentPlan
from analyzer.model.prediction import BuildpackPrediction
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.verification import Verification

SCHEMA_VERSION = 1
"""Version of the report document: within one, keys are only added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """The program that wrote a report."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that one scan found out."""

    tool: Tool
    target: str
    """Name of the scanned folder, without the path to it; not part of the report document."""
    facts: ProjectFacts
    predictions: tuple[BuildpackPrediction, ...] = ()
    plan: DeploymentPlan | None = None
    audit: Audit | None = None
    prefix: RepoPath = "."
    """The scanned folder as a path of the checkout that it belongs to."""
    commit: str | None = None
    """Hash of the commit that is checked out, where it can be told."""
    verification: Verification | None = None
    """What `doctor verify` found, where its result was given to the scan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What the buildpacks would do with a folder, be it a Django project or not."""

    tool: Tool
    target: str
    """Name of the folder, without the path to it; not part of the document."""
    repository: RepositoryFacts
    predictions: tuple[BuildpackPrediction, ...]
