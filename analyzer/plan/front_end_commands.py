"""Management commands that make style sheets and scripts: Tailwind, Sass, django-compressor.

What they write next to the source is collected, so they run before collectstatic. django-compressor reads collected
files: with a storage that puts hashes into names, `compress` before collectstatic finds no block to compress and says
nothing about it (tried with django-compressor 4.6.0, Django 5.2 and WhiteNoise 6.12), so it runs after.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import ProjectFacts, Setting
from analyzer.model.overrides import Overrides
from analyzer.model.plan import AssetsPlan, Decision, ManagementCommand, PlanNote
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.decisions import decide
from analyzer.plan.image_places import absolute
from analyzer.plan.management_commands import build_command, configured_command, unknown_settings
from analyzer.plan.tables import table

Choice = Decision[ManagementCommand | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontEndCommands:
    """The commands, and what is to be said about them."""

    tailwind: Choice
    compilescss: Choice
    compress: Choice
    notes: tuple[PlanNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """Whether a command runs, and why."""

    runs: bool
    rule: str
    evidence: tuple[Evidence, ...] = ()
    note: PlanNote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    """What the commands of one image share."""

    facts: ProjectFacts
    overrides: Overrides
    context: str
    debian: str

    def decide(self, key: str, row: Mapping[str, Any], answer: _Answer) -> Choice:
        """The command of a row of the table, unless the configuration decides otherwise."""
        override = f"image.{key}"
        configured: bool | None = getattr(self.overrides.image, key)
        image = self.facts, self.overrides, self.debian
        if configured is not None:
            return configured_command(*image, override, row["command"], runs=configured)
        command = build_command(*image, row["command"]) if answer.runs else None
        return decide(command, answer.rule, *answer.evidence, override=override)

    def installed(self, app: str) -> bool:
        """Whether INSTALLED_APPS has an app, by its name or its configuration class."""
        apps = self.facts.django.installed_apps
        return isinstance(apps, Fact) and any(name == app or name.startswith(f"{app}.apps.") for name in apps.value)

    def app_evidence(self, app: str) -> tuple[Evidence, ...]:
        """The line of an app in INSTALLED_APPS; that of the list where it has none."""
        setting, apps = self.facts.django.settings.get("INSTALLED_APPS"), self.facts.django.installed_apps
        names = apps.value if isinstance(apps, Fact) else ()
        item = next((name for name in names if name == app or name.startswith(f"{app}.apps.")), app)
        return setting.place(item)[:1] if setting is not None else apps.evidence[:1]


def plan_front_end_commands(
    facts: ProjectFacts,
    overrides: Overrides,
    context: str,
    debian: str,
    assets: AssetsPlan | None,
    collectstatic: Choice,
) -> FrontEndCommands:
    """The commands that the installed apps of the project bring and whose results production reads."""
    build = _Build(facts=facts, overrides=overrides, context=context, debian=debian)
    rows = table("front_end_commands")
    cli = build.installed(rows["tailwind_cli"]["app"])
    styles = _tailwind_cli(build, rows["tailwind_cli"]) if cli else _tailwind(build, rows["tailwind"], assets)
    sass = _compilescss(build, rows["compilescss"])
    compressed = _compress(build, rows["compress"], collectstatic)
    tailwind = build.decide("tailwind", rows["tailwind_cli" if cli else "tailwind"], styles)
    compress = build.decide("compress", rows["compress"], compressed)
    answers = {"tailwind": styles, "compilescss": sass, "compress": compressed}
    return FrontEndCommands(
        tailwind=_without_program(build, tailwind, rows["tailwind_cli"]["program"]) if cli else tailwind,
        compilescss=build.decide("compilescss", rows["compilescss"], sass),
        compress=compress if compress.value is None else _in_order(build, compress, compress.value),
        notes=tuple(
            answer.note
            for key, answer in answers.items()
            if answer.note is not None and getattr(overrides.image, key) is None
        ),
    )


def _tailwind(build: _Build, row: Mapping[str, Any], assets: AssetsPlan | None) -> _Answer:
    """django-tailwind: with npm where its theme has a package.json, else with a binary that it downloads."""
    if not build.installed(row["app"]):
        return _Answer(runs=False, rule="no app that runs Tailwind is installed")
    evidence = build.app_evidence(row["app"])
    if (unknown := unknown_settings(build.facts)) is not None:
        return _Answer(runs=False, rule=unknown, evidence=evidence)
    manifest = build.facts.frontend.package_json
    has_manifest = not isinstance(manifest, Fact) or manifest.value is not None
    standalone = _setting(build, "TAILWIND_USE_STANDALONE_BINARY")
    if (standalone is not None and standalone.bare is True) or not has_manifest:
        places = standalone.evidence[:1] if standalone is not None else ()
        rule = "Tailwind's own program, which the command downloads, writes the style sheet that collectstatic takes"
        return _Answer(runs=True, rule=rule, evidence=(*evidence, *places))
    if assets is not None:
        rule = "the stage of the front end runs what the command would: the build script of the theme"
        return _Answer(runs=False, rule=rule, evidence=(*evidence, *manifest.evidence[:1]))
    return _Answer(runs=False, rule="the theme has a package.json, so the command needs npm", evidence=evidence)


def _tailwind_cli(build: _Build, row: Mapping[str, Any]) -> _Answer:
    evidence = build.app_evidence(row["app"])
    if (unknown := unknown_settings(build.facts)) is not None:
        return _Answer(runs=False, rule=unknown, evidence=evidence)
    for name, value in row["refuses"].items():
        setting = _setting(build, name)
        if setting is not None and setting.bare is value:
            rule = f"{name} is {value}, so Tailwind's program has to be in the image already"
            note = PlanNote(
                code="tailwind-program-missing",
                message=f"{rule}: the style sheet is not built",
                evidence=setting.evidence[:1],
                remedy=f"take {name} out of the settings of production, or commit the style sheet",
            )
            return _Answer(runs=False, rule=rule, evidence=setting.evidence[:1], note=note)
    rule = "Tailwind's own program, which the command downloads, writes the style sheet that collectstatic takes"
    return _Answer(runs=True, rule=rule, evidence=evidence)


def _compilescss(build: _Build, row: Mapping[str, Any]) -> _Answer:
    """Production renders links to .css files, and compiles nothing itself, as DEBUG is off."""
    if not build.installed(row["app"]):
        return _Answer(runs=False, rule="no app that compiles Sass is installed")
    evidence = build.app_evidence(row["app"])
    if (unknown := unknown_settings(build.facts)) is not None:
        return _Answer(runs=False, rule=unknown, evidence=evidence)
    lacking = [name for name in row["needs"] if not build.facts.dependencies.has(name)]
    if lacking:
        rule = f"compilescss needs {' and '.join(lacking)}, which production's requirements do not have"
        note = PlanNote(
            code="sass-not-compiled",
            message=f"{rule}: without it no page finds its style sheet",
            evidence=evidence,
            remedy=f"add {' and '.join(lacking)} to the requirements of production",
        )
        return _Answer(runs=False, rule=rule, evidence=evidence, note=note)
    rule = "with DEBUG off no page compiles Sass: the style sheets are made before they are collected"
    return _Answer(runs=True, rule=rule, evidence=evidence)


def _compress(build: _Build, row: Mapping[str, Any], collectstatic: Choice) -> _Answer:
    """Where COMPRESS_OFFLINE is on: a page whose block is not in the manifest answers 500."""
    if not build.installed(row["app"]):
        return _Answer(runs=False, rule="django-compressor is not installed")
    evidence = build.app_evidence(row["app"])
    enabled, offline = _setting(build, "COMPRESS_ENABLED"), _setting(build, "COMPRESS_OFFLINE")
    if enabled is not None and enabled.bare is False:
        return _Answer(runs=False, rule="COMPRESS_ENABLED is off", evidence=enabled.evidence[:1])
    if offline is not None and not isinstance(offline.bare, bool):
        rule = "whether COMPRESS_OFFLINE is on cannot be told"
        note = PlanNote(
            code="compress-not-known",
            message=f"{rule}: without `manage.py compress` pages with a compressed block answer 500 where it is",
            evidence=offline.evidence[:1],
            remedy="set image.compress = true where it is on in production",
        )
        return _Answer(runs=False, rule=rule, evidence=offline.evidence[:1], note=note)
    if offline is None or not offline.bare:
        rule = "COMPRESS_OFFLINE is not on, so pages are compressed when they are asked for"
        places = evidence if offline is None else offline.evidence[:1]
        note = PlanNote(
            code="compress-in-requests",
            message="django-compressor writes below STATIC_ROOT in requests, where no process of the image may write",
            evidence=places,
            remedy="set COMPRESS_OFFLINE = True in the settings of production; the image runs compress then",
        )
        return _Answer(runs=False, rule=rule, evidence=places, note=note)
    places = offline.evidence[:1]
    if collectstatic.value is None:
        rule = "static files are not collected in the image, and compress reads them"
        note = PlanNote(
            code="compress-left-out",
            message=f"COMPRESS_OFFLINE is on, but {rule}: pages with a compressed block answer 500",
            evidence=places,
            remedy="keep static files in the image, or set COMPRESS_OFFLINE = False",
        )
        return _Answer(runs=False, rule=rule, evidence=(*places, *collectstatic.evidence[:1]), note=note)
    return _Answer(runs=True, rule="COMPRESS_OFFLINE is on: pages read what compress wrote", evidence=places)


def _without_program(build: _Build, choice: Choice, program: str) -> Choice:
    """The command with the folder of the downloaded program taken away again."""
    base, path = _setting(build, "BASE_DIR"), _setting(build, "TAILWIND_CLI_PATH")
    if choice.value is None or path is not None or base is None or not isinstance(base.bare, str):
        return choice
    folder = absolute(f"{base.bare}/{program}", build.context)
    return replace(choice, value=replace(choice.value, leftovers=(folder,)))


def _in_order(build: _Build, choice: Choice, command: ManagementCommand) -> Choice:
    """After collectstatic, unless the results lie where collectstatic takes them from."""
    root = _setting(build, "COMPRESS_ROOT")
    static = build.facts.django.image_settings.static_root
    folder = static.value if isinstance(static, Fact) else None
    if root is not None and isinstance(root.bare, str) and folder is not None and root.bare != folder:
        rule = f"{choice.rule}; COMPRESS_ROOT is not STATIC_ROOT, so collectstatic takes it from there"
        return replace(choice, rule=rule, evidence=(*choice.evidence, *root.evidence[:1]))
    rule = f"{choice.rule}, and it reads collected files"
    return replace(choice, rule=rule, value=replace(command, collected=False))


def _setting(build: _Build, name: str) -> Setting | None:
    return build.facts.django.settings.get(name)
