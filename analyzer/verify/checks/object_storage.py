"""Object storage: that static files get there before the app starts, and that media files come back from it."""

from typing import Any

from analyzer.model.app_spec import SpecComponent
from analyzer.model.verification import Finding, failed, not_applicable, passed
from analyzer.verify.app import App
from analyzer.verify.diagnosis import diagnose

COLLECT = "collectstatic"
SECONDS = 60
"""For one probe."""


def uploaded(app: App, component: SpecComponent, jobs: list[SpecComponent]) -> Finding:
    """Whether a static file of the project is in its bucket after the jobs."""
    found = app.probe(component, "object_storage", action="static", seconds=SECONDS)
    if "error" in found:
        return _broken(found, "the static files' storage cannot be asked", component)
    if found["exists"]:
        return passed(found["name"])
    if found["name"] is None:
        return not_applicable("no app of the project has static files")
    collecting = [job for job in jobs if COLLECT in app.command(job)]
    if not collecting:
        return not_applicable("no job before the deployment runs collectstatic")
    return failed(
        f"{found['name']} is not in the bucket, although {collecting[0].name} runs collectstatic",
        "see what collectstatic prints (--log-dir): other settings, or another bucket than the web service has",
        command=app.command(collecting[0]),
        evidence=(collecting[0].evidence,),
    )


def comes_back(app: App, component: SpecComponent) -> Finding:
    """Whether a media file can be saved, read and deleted."""
    found = app.probe(component, "object_storage", action="media", seconds=SECONDS)
    if "error" in found:
        return _broken(found, "a media file cannot be saved and read", component)
    if not found["same"]:
        return failed(
            "a media file comes back with other content than was saved",
            "see what the storage class of the project does with files",
            evidence=(component.evidence,),
        )
    left = "" if found["deleted"] else "; the storage keeps deleted files"
    return passed(f"saved, read and deleted {found['name']}{left}")


def _broken(found: dict[str, Any], what: str, component: SpecComponent) -> Finding:
    cause = diagnose([*found.get("traceback", ()), found["error"]])
    return failed(
        f"{what}: {cause.cause}",
        cause.fix or "see the options of the storage in the settings",
        log=tuple(found.get("traceback", ())),
        evidence=(component.evidence,),
    )
