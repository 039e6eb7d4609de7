"""The order of the work: a repository in, a report or a plan out. Each part imports the stages that it needs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from analyzer import __version__
from analyzer.config import Config
from analyzer.facts.collect import collect_facts
from analyzer.facts.existing.redaction import redact_text
from analyzer.facts.existing.source_redaction import redact_lines
from analyzer.model.errors import UsageError
from analyzer.model.evidence import RepoPath
from analyzer.model.facts import NoDjangoProject, ProjectFacts, RepositoryFacts
from analyzer.model.finding import Audit
from analyzer.model.overrides import Overrides
from analyzer.model.plan import DeploymentPlan
from analyzer.model.prediction import BuildpackPrediction
from analyzer.model.report import Detection, Report, Tool
from analyzer.snapshot.checkout import checked_out_commit, folder_in_checkout
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.snapshot.source_tree import SourceTree

Log = Callable[[str], None]
TOOL = Tool(name="doctor", version=__version__)


def analyze(
    root: Path, config: Config, log: Log, *, comments: bool = True, patches: bool = False
) -> Report | NoDjangoProject:
    """What there is to say about the repository in the folder `root`, which is only read.

    Args:
        comments: whether comments in the repository can ignore findings.
        patches: whether patches are made for the findings that a change of the settings resolves.

    Raises UsageError when the configured folder of the project is not among those read, when the configuration
    decides about what the plan does not have, and when it names a rule or a baseline that there is not. Any other
    exception is a fault of ours and says in a note at which stage it happened.
    """
    repository, facts = _facts(root, config, log)
    if isinstance(facts, NoDjangoProject):
        return facts
    from analyzer.buildpacks.registry import predict_all
    from analyzer.buildpacks.source import Source

    with stage("predict the buildpacks", log, repository):
        source = Source(tree=SourceTree(root, config.limits), repository=repository, facts=facts)
        predictions = predict_all(source, redact_text)
    plan = _plan(facts, config.overrides, log)
    audit = _audit(root, config, repository, facts.as_deployed, predictions, plan, log, comments=comments)
    prefix = folder_in_checkout(root)
    if patches:
        from analyzer.patches.make import with_patches

        with stage("make the patches", log, repository):
            audit = with_patches(audit, facts.as_deployed, repository, redact_lines, prefix)
    return Report(
        tool=TOOL,
        target=root.resolve().name,
        facts=facts,
        predictions=predictions,
        plan=plan,
        audit=audit,
        prefix=prefix,
        commit=checked_out_commit(repository.git_text),
    )


def _audit(
    root: Path,
    config: Config,
    repository: RepositorySnapshot,
    facts: ProjectFacts,
    predictions: tuple[BuildpackPrediction, ...],
    plan: DeploymentPlan,
    log: Log,
    *,
    comments: bool,
) -> Audit:
    from analyzer.audit.assemble import assemble, at_least
    from analyzer.audit.baseline import read_baseline
    from analyzer.rules.base import Context
    from analyzer.rules.registry import apply_rules, by_code, chosen_rules

    settings = config.audit
    rules = chosen_rules(settings.only, settings.skip)
    chosen_rules(only=[entry.rule for entry in config.ignores])
    known = read_baseline(root / settings.baseline) if settings.baseline is not None else frozenset()
    with stage("apply the rules", log):
        context = Context(facts=facts, predictions=predictions, plan=plan, notes=by_code(plan.notes))
        results = apply_rules(context, rules)
    with stage("assemble the audit", log, repository):
        audit = assemble(
            results,
            repository,
            facts.repository,
            redact_lines,
            ignores=config.ignores,
            baseline=known,
            comments=comments,
            today=date.today().isoformat(),
        )
        return at_least(audit, settings.min_severity, settings.min_certainty)


def plan(root: Path, config: Config, log: Log, *, online: bool = False) -> DeploymentPlan | NoDjangoProject:
    """The deployment of the repository in the folder `root`, which is only read. Raises what `analyze` raises.

    Args:
        online: ask the user's package index which Python has wheels, where the project leaves the version open.
    """
    _, facts = _facts(root, config, log)
    return facts if isinstance(facts, NoDjangoProject) else _plan(facts, config.overrides, log, online=online)


def detect(root: Path, config: Config, log: Log, only: tuple[str, ...] = ()) -> Detection:
    """What the buildpacks would do with the folder `root`, which need not hold a Django project.

    Args:
        only: ids of the buildpacks that are asked for; all where there is none.

    Raises UsageError for an unknown id, and what `analyze` raises.
    """
    from analyzer.buildpacks.registry import PREDICTORS, predict_all
    from analyzer.buildpacks.source import Source

    unknown = sorted(set(only) - {predictor.id for predictor in PREDICTORS})
    if unknown:
        known = ", ".join(predictor.id for predictor in PREDICTORS)
        raise UsageError(f"no buildpack is called {unknown[0]}; there are {known}")
    repository, facts = _facts(root, config, log)
    project = None if isinstance(facts, NoDjangoProject) else facts
    with stage("predict the buildpacks", log, repository):
        source = Source(tree=SourceTree(root, config.limits), repository=repository, facts=project)
        predictions = tuple(p for p in predict_all(source, redact_text) if not only or p.buildpack in only)
    return Detection(tool=TOOL, target=root.resolve().name, repository=_shape(facts), predictions=predictions)


def _facts(root: Path, config: Config, log: Log) -> tuple[RepositorySnapshot, ProjectFacts | NoDjangoProject]:
    """The repository and what was observed in it, which everything else starts from."""
    with stage("read the repository", log):
        repository = RepositorySnapshot.open(root, limits=config.limits)
    root_dir = _root_dir(repository, config.root_dir)
    with stage("collect the facts", log, repository):
        return repository, collect_facts(repository, root_dir)


def _plan(facts: ProjectFacts, overrides: Overrides, log: Log, *, online: bool = False) -> DeploymentPlan:
    from analyzer.plan.planner import plan_deployment

    answer = None
    if online:
        from analyzer.online.wheels import ask_index
        from analyzer.plan.python_version import wheel_question

        with stage("ask the package index", log):
            question = wheel_question(facts, overrides)
            answer = ask_index(question) if question is not None else None
    with stage("plan the deployment", log):
        return plan_deployment(facts, overrides, answer)


def _shape(facts: ProjectFacts | NoDjangoProject) -> RepositoryFacts:
    if isinstance(facts, ProjectFacts):
        return facts.repository
    return RepositoryFacts(
        django_dir=None, candidates=(), files=facts.files, python_files=facts.python_files, skipped=facts.skipped
    )


@contextmanager
def stage(name: str, log: Log, repository: RepositorySnapshot | None = None) -> Iterator[None]:
    """Time a stage for the log, and name it on an exception that leaves it, with the file that was read last."""
    begin = time.perf_counter()
    try:
        yield
    except Exception as error:
        error.add_note(name)
        if repository is not None and repository.latest is not None:
            error.add_note(f"at the file {repository.latest}")
        raise
    log(f"{name}: {time.perf_counter() - begin:.3f} s")


def _root_dir(repository: RepositorySnapshot, root_dir: str | None) -> RepoPath | None:
    if root_dir is None:
        return None
    path = None if Path(root_dir).is_absolute() else join(".", root_dir)
    if path is None:
        raise UsageError(f"root directory {root_dir}: not in the repository; give a folder relative to PATH")
    if not repository.is_dir(path):
        raise UsageError(f"root directory {root_dir}: the repository has no such folder, or ignores it")
    return path
