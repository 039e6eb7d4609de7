"""Where a build puts its files: options of its commands, configuration files, defaults."""

import posixpath
from collections.abc import Callable, Iterable, Iterator

from analyzer.facts.dependencies.tables import table, text
from analyzer.facts.frontend.builds import Build, config_file
from analyzer.facts.frontend.javascript_text import JavaScriptFile, read_javascript
from analyzer.facts.frontend.javascript_values import PathReader, PathValue
from analyzer.facts.frontend.scripts import Step
from analyzer.facts.frontend.tables import Bundler
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import JsonDocument, read_json
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot


@dataclass(frozen=True, slots=True)
class _Output:
    """A folder, or None and the reason why it is not known."""

    folder: RepoPath | None
    evidence: Evidence
    certainty: Certainty = Certainty.CERTAIN
    reason: str = ""


def output_dir(build: Build, is_served: Callable[[RepoPath], bool]) -> Answer[str | None]:
    """The folder that the build fills, from the root of the repository.

    Of several folders those count that Django serves, if there are any; the answer is the one that holds them.
    """
    if isinstance(build.command, Unresolved):
        return Unresolved(reason=build.command.reason, evidence=build.command.evidence)
    if build.command.value is None:
        return Fact(value=None, evidence=build.command.evidence)
    called = [(step, row) for step in build.steps if (row := step.bundler) is not None]
    main = [(step, row) for step, row in called if not row.assistant] or called
    outputs = [output for step, row in main for output in _outputs(step, row)]
    if not main:
        outputs = [output for step in build.steps for output in _of_source(step, build)]
    known = [output for output in outputs if output.folder is not None]
    if not known:
        reason = outputs[0].reason if outputs else "the build script does not say where its output goes"
        evidence = tuple(output.evidence for output in outputs[:3]) or build.command.evidence
        return Unresolved(reason=reason, evidence=evidence)
    served = [output for output in known if output.folder is not None and is_served(output.folder)]
    return _together(build, served or known)


def _together(build: Build, known: list[_Output]) -> Answer[str | None]:
    folders = sorted({output.folder for output in known if output.folder is not None})
    evidence = tuple(dict.fromkeys(output.evidence for output in known))
    certainty = min((output.certainty for output in known), key=list(Certainty).index)
    if len(folders) == 1:
        return Fact(value=folders[0], evidence=evidence, certainty=certainty)
    common = posixpath.commonpath(folders) or "."
    if common == "." or build.manifest.folder == common or build.manifest.folder.startswith(f"{common}/"):
        return Unresolved(reason=f"the output goes to several folders: {', '.join(folders[:5])}", evidence=evidence)
    return Fact(value=common, evidence=evidence, certainty=Certainty.LIKELY)


def _outputs(step: Step, row: Bundler) -> Iterator[_Output]:
    given = list(_of_arguments(step, row))
    if not given:
        given = list(_of_configuration(step, row))
    if not given and row.default is not None:
        evidence = Evidence(path=step.evidence.path, line=step.evidence.line, note=f"{row.name}'s default")
        given = [_Output(join(step.folder, row.default), evidence, Certainty.LIKELY)]
    yield from given


def _of_arguments(step: Step, row: Bundler) -> Iterator[_Output]:
    """Outputs that the command line or its environment names."""
    for name in row.environment:
        if name in step.environment:
            yield _named(step, step.environment[name], is_file=False)
    words = list(step.arguments)
    rest: list[str] = []
    while words:
        word = words.pop(0)
        option, equals, value = word.partition("=")
        if option not in (*row.directories, *row.files):
            rest += [] if word.startswith("-") else [word]
            continue
        if not equals:
            value = words.pop(0) if words else ""
        yield _named(step, value, is_file=option in row.files)
    if row.positional == "colon" and any(":" in word for word in rest):
        for word in rest:
            source, colon, target = word.partition(":")
            if colon and source:
                yield _named(step, target, is_file="." in target.rpartition("/")[2])
    elif row.positional is not None and len(rest) >= 2:
        yield _named(step, rest[-1], is_file="." in rest[-1].rpartition("/")[2])


def _named(step: Step, value: str, *, is_file: bool) -> _Output:
    if not value or "$" in value or "%" in value:
        return _Output(None, step.evidence, reason="the output is named by a variable")
    found = join(step.folder, value)
    if found is None:
        return _Output(None, step.evidence, reason=f"the output lies outside the repository: {value}")
    return _Output(parent(found) if is_file else found, step.evidence)


def _of_configuration(step: Step, row: Bundler) -> Iterator[_Output]:
    if row.name == "angular":
        yield from _of_angular(step)
        return
    file = _configuration(step, row)
    if file is None:
        return
    root = _root(step, row, file)
    for each in (file, *file.imported):
        exported = each.says("output", "export") if row.export_default is not None else None
        values = list(_values(each, row))
        known = [(_placed(path, root), evidence) for path, evidence in values]
        found = [_Output(folder, evidence) for folder, evidence in known if folder is not None]
        if found:
            yield from found
            return
        if exported is not None and row.export_default is not None:
            yield _Output(join(step.folder, row.export_default), each.evidence(exported))
            return
        if values:
            yield _Output(None, values[0][1], reason=f"{each.path} computes the output")
            return
    if root != step.folder and row.default is not None:
        yield _Output(join(root, row.default), file.evidence(0, f"{row.name}'s default"), Certainty.LIKELY)


def _configuration(step: Step, row: Bundler) -> JavaScriptFile | None:
    words = step.arguments
    named = [words[n + 1] for n, word in enumerate(words[:-1]) if word in row.config_options]
    named += [
        value for word in words if (value := word.partition("=")[2]) and word.partition("=")[0] in row.config_options
    ]
    path = join(step.folder, named[0]) if named else config_file(step.manifest, row, step.folder)
    return read_javascript(step.manifest.repo, path, step.folder) if path is not None else None


def _values(file: JavaScriptFile, row: Bundler) -> Iterator[tuple[PathValue | None, Evidence]]:
    """The folders that a configuration gives, each with its line; None for one that it computes."""
    reader = PathReader(file)
    for position, evidence in (*file.keyed(row.keys, row.within), *file.called(row.calls)):
        yield reader.read(position), evidence
    for position, evidence in file.keyed(row.file_keys, row.within):
        path = reader.read(position)
        yield (None if path is None else path.parent), evidence


def _placed(path: PathValue | None, root: RepoPath) -> RepoPath | None:
    if path is None or "$" in path.text or "*" in path.text:
        return None
    return path.text if path.anchored else join(root, path.text)


def _root(step: Step, row: Bundler, file: JavaScriptFile) -> RepoPath:
    """The folder from which relative outputs count."""
    reader = PathReader(file)
    for position, _ in file.keyed(row.root_keys):
        folder = _placed(reader.read(position), step.folder)
        if folder is not None and step.manifest.repo.is_dir(folder):
            return folder
    return step.folder


def _of_source(step: Step, build: Build) -> Iterator[_Output]:
    """A script of the repository that calls a bundler's library."""
    source = step.source
    file = read_javascript(build.manifest.repo, source, step.folder) if source is not None else None
    if file is None:
        return
    for row in build.manifest.bundlers:
        for path, evidence in () if row.assistant else _values(file, row):
            reason = f"{file.path} computes the output"
            yield _Output(_placed(path, step.folder), evidence, Certainty.LIKELY, reason)


def _of_angular(step: Step) -> Iterator[_Output]:
    """`outputPath` of angular.json, the one of the production configuration first (angular.dev, workspace-config)."""
    path = join(step.folder, "angular.json")
    document = read_json(step.manifest.repo, path) if path is not None else None
    if not isinstance(document, JsonDocument):
        return
    projects = table(table(document.data).get("projects"))
    named = [word for word in step.arguments[1:] if word in projects]
    for project in [*named, table(document.data).get("defaultProject"), *projects]:
        entry = table(projects.get(str(project)))
        for targets in ("architect", "targets"):
            keys = ("projects", str(project), targets, "build")
            found = _angular_output(step, document, table(table(entry.get(targets)).get("build")), keys)
            if found is not None:
                yield found
                return


def _angular_output(step: Step, document: JsonDocument, build: object, keys: tuple[str, ...]) -> _Output | None:
    target = table(build)
    builder = text(target.get("builder"))
    if builder is None:
        return None
    production = ("configurations", "production", "outputPath")
    for inner in (production, ("options", "outputPath")):
        value: object = target
        for key in inner:
            value = table(value).get(key)
        base = text(value) or text(table(value).get("base"))
        if base is not None:
            browser = "browser" if builder.endswith(":application") else ""
            if isinstance(value, dict) and isinstance(value.get("browser"), str):
                browser = value["browser"]
            evidence = Evidence(path=document.path, line=document.line_of(*keys, *inner))
            return _Output(join(step.folder, f"{base}/{browser}"), evidence)
    evidence = Evidence(path=document.path, line=document.line_of(*keys), note="Angular's default")
    return _Output(join(step.folder, f"dist/{keys[1]}"), evidence, Certainty.LIKELY)


def has_pages(repo: RepositorySnapshot, folders: Iterable[RepoPath]) -> RepoPath | None:
    """The page that a bundler's site starts with: `index.html` in the folder, in its `public/` or `src/`."""
    for folder in folders:
        for name in ("index.html", "public/index.html", "src/index.html", "app/index.html"):
            path = join(folder, name)
            if path is not None and repo.is_file(path):
                return path
    return None
