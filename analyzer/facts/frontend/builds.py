"""What a package.json builds: the command, and the programs that it runs."""

from collections.abc import Mapping

from analyzer.facts.dependencies.tables import table
from analyzer.facts.existing.redaction import redact_text
from analyzer.facts.frontend.manifests import Manifest
from analyzer.facts.frontend.scripts import Step, command_steps, is_for_development, steps_of
from analyzer.facts.frontend.tables import Bundler, javascript
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join

MAX_SCRIPTS = 4
"""Scripts that are joined to one command where none builds everything."""
MAX_CONSIDERED = 100
"""Scripts that are followed to see whether they call a bundler."""
CONFIG_ENDINGS = (".js", ".cjs", ".mjs", ".ts", ".mts", ".cts", ".json")

_TASK = lazy_pattern(
    r"""(?:\btask|\bregisterTask)\(\s{0,20}["'](build|production|prod|dist)["']"""
    r"""|\bexports\.(build|production|prod|dist)\b|\bexport\s(?:async\s)?(?:const|function)\s(build|production|prod|dist)\b"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """How a package.json is built; `command` has the value None when it builds nothing."""

    manifest: Manifest
    command: Answer[str | None]
    steps: tuple[Step, ...] = ()

    @property
    def builds(self) -> bool:
        """Whether there is something to build."""
        return isinstance(self.command, Unresolved) or self.command.value is not None

    @property
    def bundlers(self) -> tuple[str, ...]:
        """The bundlers that its commands call or its packages bring, by name."""
        called = {row.name for step in self.steps if (row := step.bundler) is not None}
        return tuple(sorted(called | {row.name for row in self.manifest.bundlers}))


def find_build(manifest: Manifest, manager: str, in_images: Mapping[str, Evidence]) -> Build:
    """The build of a package.json: its build script, the scripts that call a bundler, or a bundler that has none.

    Args:
        in_images: scripts that the project's own images run, each with its line; those that call a bundler decide.
    """
    if manifest.failure is not None:
        reason = f"package.json cannot be read: {manifest.failure}"
        return Build(manifest=manifest, command=Unresolved(reason=reason, evidence=(manifest.evidence(),)))
    row = javascript()["managers"][manager]
    run = tuple(name for name in in_images if name in manifest.scripts and _calls_bundler(manifest, name))
    names = run[:MAX_SCRIPTS] or _build_scripts(manifest)
    if names:
        evidence = tuple(manifest.evidence("scripts", name, note=redact_text(manifest.scripts[name])) for name in names)
        evidence += tuple(in_images[name] for name in names if name in in_images)
        usual = bool(run) or (len(names) == 1 and names[0] in javascript()["build_scripts"])
        command: Fact[str | None] = Fact(
            value=" && ".join(f"{row['run']} {name}" for name in names),
            evidence=evidence,
            certainty=Certainty.CERTAIN if usual else Certainty.LIKELY,
        )
        steps = tuple(step for name in names for step in steps_of(manifest, name))
        return Build(manifest=manifest, command=command, steps=steps)
    if "build" in table(manifest.data.get("scripts")):
        empty = Unresolved(reason="the build script is empty", evidence=(manifest.evidence("scripts", "build"),))
        return Build(manifest=manifest, command=empty)
    return _without_script(manifest, row["execute"])


def config_file(manifest: Manifest, bundler: Bundler, folder: RepoPath) -> RepoPath | None:
    """The bundler's configuration file in a folder."""
    names = (f"{stem}{ending}" for stem in bundler.configs for ending in CONFIG_ENDINGS)
    return next((path for name in names if (path := join(folder, name)) and manifest.repo.is_file(path)), None)


def _build_scripts(manifest: Manifest) -> tuple[str, ...]:
    for name in javascript()["build_scripts"]:
        if name in manifest.scripts:
            return (name,)
    usable = [name for name in manifest.scripts if not is_for_development(name)][:MAX_CONSIDERED]
    prefixed = [name for name in usable if name.startswith(tuple(javascript()["build_prefixes"]))]
    calling = [name for name in usable if _calls_bundler(manifest, name)]
    return tuple((prefixed or calling)[:MAX_SCRIPTS])


def _calls_bundler(manifest: Manifest, script: str) -> bool:
    """Whether a script, which is not for development, builds with more than an assistant."""
    rows = [row for step in steps_of(manifest, script) if (row := step.bundler) is not None]
    return not is_for_development(script) and any(not row.assistant for row in rows)


def _without_script(manifest: Manifest, execute: str) -> Build:
    """A bundler that is installed and configured, called by hand; else nothing."""
    for row in manifest.bundlers:
        path = config_file(manifest, row, manifest.folder)
        if row.builds is None or path is None:
            continue
        task = _TASK.search(manifest.repo.text(path) or "") if row.tasks else None
        arguments = f"{row.builds} {next(filter(None, task.groups()))}" if task else row.builds
        evidence = Evidence(path=path, note=f"{row.name} is configured, no script of package.json calls it")
        command: Fact[str | None] = Fact(
            value=f"{execute} {arguments}", evidence=(evidence,), certainty=Certainty.LIKELY
        )
        return Build(manifest=manifest, command=command, steps=command_steps(manifest, arguments, evidence))
    scripts = ", ".join(sorted(manifest.scripts)[:8]) or "none"
    evidence = manifest.evidence(
        *(("scripts",) if manifest.scripts else ()), note=f"no script builds anything (scripts: {scripts})"
    )
    return Build(manifest=manifest, command=Fact(value=None, evidence=(evidence,)))
