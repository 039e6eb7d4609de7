"""The image: that it builds, that its dependencies stay while the source changes, its size, its user."""

import re
from collections.abc import Callable

from analyzer.facts.existing.instructions import Instruction, parse_instructions
from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.verification import Finding, Layer, failed, not_applicable, passed
from analyzer.verify import containers
from analyzer.verify.app import App, Image
from analyzer.verify.building import BuildLog, instruction_of
from analyzer.verify.context import BuildContext
from analyzer.verify.diagnosis import diagnose
from analyzer.verify.sizes import MIB

EXPECTED_BYTES = 1024 * MIB
TROUBLE_BYTES = 2048 * MIB
"""The platform's page on limits: keep an image below the first, expect trouble above the second."""
NAMED = 5
"""Files that git ignores that are named; the others are counted."""
_INSTALLS = lazy_pattern(r"\b(pip3?|uv pip|pipenv|conda|mamba|poetry|pdm|uv) (install|sync)\b|\bpipenv requirements\b")
_RUN = lazy_pattern(r"(?:RUN )?(?:\|\d+ .*? )?/bin/sh -c ", re.DOTALL)
_REFUSED = lazy_pattern(r"dockerfile parse error (?:on )?line (\d+)")
_NONE = "#(nop)"
_BY_BUILDKIT = " # buildkit"


def built(dockerfile: str, context: BuildContext, log: BuildLog) -> Finding:
    """Whether the build made an image; else the step that failed and why. Either way, what git keeps from a clone."""
    lost = _without(context.lost)
    if not log.error:
        cached = sum(step.cached for step in log.steps)
        return passed(f"{log.seconds:.0f} s, {len(log.steps)} steps, {cached} from the cache{lost and f'; {lost}'}")
    step = log.steps[-1] if log.steps else None
    instruction = instruction_of(context.dockerfile, step.number) if step else None
    lines = (*(step.log if step else ()), log.error)
    refused = _REFUSED.search(log.error)
    line = int(refused[1]) if refused else instruction.line if instruction else 1
    found = diagnose(lines)
    return failed(
        found.cause,
        found.fix or "mend the instruction that failed",
        detail=lost,
        command=f"{instruction.keyword} {instruction.value}" if instruction else "",
        log=lines[-containers.LOG_LINES :],
        evidence=(Evidence(path=dockerfile, line=line),),
    )


def _without(names: tuple[str, ...]) -> str:
    """What the build does without since git ignores it, as a phrase; "" where that is nothing."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"without what git ignores, as on the platform: {', '.join(names[:NAMED])}{more}" if names else ""


def reuses_dependencies(image: Image, rebuild: Callable[[str], BuildLog]) -> Finding:
    """Whether a build after a change of the source takes the installed dependencies from the cache.

    Args:
        rebuild: builds again with an empty line added to the file that it is given.
    """
    installs = [i for i in parse_instructions(image.context.dockerfile) if _installs_dependencies(i)]
    changed = next((name for name in image.context.files if name.endswith("manage.py")), None) or next(
        (name for name in image.context.files if name.endswith(".py")), None
    )
    if changed is None or not installs:
        return not_applicable("the Dockerfile installs no Python packages" if changed else "there is no Python file")
    log = rebuild(changed)
    if log.error:
        found = diagnose([*log.lines, log.error])
        return failed(found.cause, found.fix or "build again", log=log.lines[-containers.LOG_LINES :])
    cached = {step.number for step in log.steps if step.cached}
    lines = {instruction_of(image.context.dockerfile, number) for number in cached}
    anew = [instruction for instruction in installs if instruction not in lines]
    if anew:
        return failed(
            f"after a change of {changed} the dependencies are installed anew ({log.seconds:.0f} s)",
            "copy the files that name the dependencies and install them before COPY . .",
            command=f"{anew[0].keyword} {anew[0].value}",
            evidence=(Evidence(path=image.dockerfile, line=anew[0].line),),
        )
    return passed(f"{log.seconds:.0f} s after a change of {changed}")


def _installs_dependencies(instruction: Instruction) -> bool:
    return instruction.keyword == "RUN" and _INSTALLS.search(instruction.script) is not None


def layers(app: App, image: Image) -> tuple[Layer, ...]:
    """The layers of an image with something in them, the newest last."""
    history = app.space.client.images.get(image.tag).history()
    return tuple(
        Layer(instruction=_shown(str(row["CreatedBy"])), bytes=int(row["Size"]))
        for row in reversed(history)
        if row["Size"]
    )


def _shown(created_by: str) -> str:
    """The instruction, as either builder notes it; values of build arguments are left out."""
    found = _RUN.match(created_by)
    text = created_by[found.end() :].strip() if found else created_by.strip()
    text = text.removesuffix(_BY_BUILDKIT)
    if not text:
        return "the base image"
    if text.startswith(_NONE):
        return text.removeprefix(_NONE).strip()
    return f"RUN {text}" if found else text


def size(app: App, image: Image) -> Finding:
    """Whether the platform is expected to cope with the image."""
    total = int(app.space.client.images.get(image.tag).attrs["Size"])
    found = sorted(layers(app, image), key=lambda layer: -layer.bytes)
    largest = ", ".join(f"{layer.bytes / MIB:.0f} MB {layer.instruction[:40]}" for layer in found[:2])
    detail = f"{total / MIB:.0f} MB; most of it: {largest}"
    if total <= TROUBLE_BYTES:
        return passed(detail + ("" if total <= EXPECTED_BYTES else "; the platform advises less than 1 GiB"))
    return failed(
        f"the image has {total / MIB:.0f} MB; the platform has trouble above 2 GiB",
        f"make the largest layer smaller: {found[0].instruction[:80]}",
        detail=detail,
        evidence=(Evidence(path=image.dockerfile),),
    )


def user(app: App, image: Image) -> Finding:
    """Whether the image's processes run as another user than root."""
    helper = app.helper(image.components[0])
    configured = str(app.space.client.images.get(image.tag).attrs["Config"].get("User") or "")
    actual = containers.execute(helper, ["id", "-u"]).output.strip() if helper is not None else configured
    if actual.partition(":")[0] not in ("", "0", "root"):
        return passed(f"user {actual}")
    lines = [i for i in parse_instructions(image.context.dockerfile) if i.keyword == "USER"]
    return failed(
        "the processes run as root",
        "end the Dockerfile's last stage with USER 10001:10001",
        evidence=(Evidence(path=image.dockerfile, line=lines[-1].line if lines else 1),),
    )
