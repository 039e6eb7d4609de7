"""Builds each image once, for all the components that need the same."""

import time
from dataclasses import replace
from functools import partial

from analyzer.model.app_spec import SpecComponent
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.verification import ImageResult, not_applicable
from analyzer.verify import building, buildkit
from analyzer.verify.app import Image
from analyzer.verify.checks import image
from analyzer.verify.context import read_context
from analyzer.verify.environment import build_arguments
from analyzer.verify.session import Session
from analyzer.verify.trust import trusting


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    """What makes two builds the same."""

    source_dir: str
    dockerfile: str
    arguments: tuple[tuple[str, str], ...]


def build_images(run: Session) -> None:
    """Build everything that a Dockerfile makes. Raises UsageError where a file of a build is missing."""
    groups: dict[_Build, list[SpecComponent]] = {}
    not_here = not_applicable("no dockerfile_path: a buildpack or a ready image makes it")
    for one in run.chosen:
        if one.dockerfile is None:
            run.recorder.check("image-builds", "image builds", one.name, lambda: not_here)
            continue
        arguments = build_arguments(run.app.spec, one, run.app.values)
        key = _Build(source_dir=one.source_dir, dockerfile=one.dockerfile, arguments=tuple(sorted(arguments.items())))
        groups.setdefault(key, []).append(one)
    for number, (key, components) in enumerate(groups.items()):
        _build(run, number, key, tuple(components))


def _build(run: Session, number: int, key: _Build, components: tuple[SpecComponent, ...]) -> None:
    app, names = run.app, ", ".join(component.name for component in components)
    run.say(f"build {names} ({key.dockerfile})")
    context = read_context(run.request.root, key.source_dir, key.dockerfile)
    tag = f"{app.space.name('image')}:{number}"
    given = context
    if run.request.certificates:
        text = trusting(app.space, context.dockerfile, dict(key.arguments), run.request.certificates, run.output)
        given = replace(context, dockerfile=text)

    build = (
        partial(buildkit.build, dockerfile=given.dockerfile)
        if building.needs_buildkit(given.dockerfile)
        else building.build
    )

    def make(tag: str, changed: str | None = None) -> building.BuildLog:
        log = once(tag, changed)
        return once(tag, changed) if building.disturbed(log) else log

    def once(tag: str, changed: str | None) -> building.BuildLog:
        with given.archive(changed) as archive:
            return build(
                app.space.client,
                archive,
                tag=tag,
                labels=app.space.labels,
                arguments=dict(key.arguments),
                limit=run.request.limit,
                say=run.output,
            )

    begin = time.monotonic()
    log = make(tag)
    run.keep_log(f"build-{number}", "\n".join([*log.lines, log.error]).encode())
    check = run.recorder.check
    check(
        "image-builds",
        "image builds",
        names,
        lambda: image.built(key.dockerfile, context, log),
        since=begin,
    )
    if log.error:
        return
    made = Image(tag=tag, context=context, dockerfile=key.dockerfile, components=components)
    app.images |= {component.name: made for component in components}
    layers = image.layers(app, made)
    run.images.append(
        ImageResult(
            components=tuple(component.name for component in components),
            dockerfile=key.dockerfile,
            seconds=log.seconds,
            bytes=sum(layer.bytes for layer in layers),
            layers=layers,
        )
    )
    check(
        "rebuild-is-quick",
        "a change of the source does not reinstall the dependencies",
        names,
        lambda: image.reuses_dependencies(made, lambda changed: make(f"{tag}-changed", changed)),
    )
    check("image-size", "image is not too large", names, lambda: image.size(app, made))
