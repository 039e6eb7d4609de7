"""Which package manager installs the packages of a package.json."""

from analyzer.facts.dependencies.tables import table, text
from analyzer.facts.existing.project_files import upward
from analyzer.facts.frontend.manifests import Manifest, manifest_in
from analyzer.facts.frontend.tables import javascript
from analyzer.model.evidence import Certainty, Evidence, Fact
from analyzer.snapshot.paths import join


def package_manager(manifest: Manifest) -> Fact[str]:
    """npm, yarn, pnpm or bun.

    `packageManager` (corepack's key) decides, then the lock file of the folder, then both in the folders above, whose
    workspaces it may be one of. Without any of them: `engines`, then npm.
    """
    for folder in upward(manifest.folder):
        above = manifest if folder == manifest.folder else manifest_in(manifest.repo, folder)
        if above is None:
            continue
        found = _declared(above) or _locked(above)
        if found is not None:
            return found
    for name in javascript()["managers"]:
        if name != "npm" and text(table(manifest.data.get("engines")).get(name)):
            return Fact(value=name, evidence=(manifest.evidence("engines", name),), certainty=Certainty.LIKELY)
    evidence = manifest.evidence(note="no lock file and no packageManager: npm is what platforms use then")
    return Fact(value="npm", evidence=(evidence,), certainty=Certainty.LIKELY)


def _declared(manifest: Manifest) -> Fact[str] | None:
    declared = text(manifest.data.get("packageManager"))
    name = declared.partition("@")[0] if declared is not None else None
    if name is None or name not in javascript()["managers"]:
        return None
    return Fact(value=name, evidence=(manifest.evidence("packageManager"),))


def _locked(manifest: Manifest) -> Fact[str] | None:
    """The manager of the lock file; of several managers the one that the scripts call."""
    found: dict[str, Evidence] = {}
    for name, row in javascript()["managers"].items():
        for lock in row["locks"]:
            path = join(manifest.folder, lock)
            if path is not None and manifest.repo.is_file(path):
                found.setdefault(name, Evidence(path=path))
    if not found:
        return None
    called = [name for name in found if any(f"{name} " in command for command in manifest.scripts.values())]
    chosen = next(iter([*called, *found]))
    certainty = Certainty.CERTAIN if len(found) == 1 else Certainty.LIKELY if len(called) == 1 else Certainty.GUESS
    return Fact(value=chosen, evidence=(found.pop(chosen), *found.values()), certainty=certainty)
