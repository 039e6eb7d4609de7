"""The JavaScript build of a repository."""

from analyzer.facts.dependencies.tables import table, text
from analyzer.model.evidence import Certainty, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import FrontendFacts
from analyzer.snapshot.documents import JsonDocument, read_json
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot


def collect_frontend(repo: RepositorySnapshot, django_dir: RepoPath) -> FrontendFacts:
    """The package.json that matters and what its build does."""
    for path in repo.named("package.json"):
        document = read_json(repo, path)
        scripts = table(table(document.data).get("scripts")) if isinstance(document, JsonDocument) else {}
        build = text(scripts.get("build"))
        if build is None:
            continue
        evidence = (Evidence(path=path, note="its build script"),)
        manager = "npm"
        for lock, name in (("yarn.lock", "yarn"), ("pnpm-lock.yaml", "pnpm"), ("bun.lockb", "bun")):
            if repo.is_file(join(parent(path), lock) or ""):
                manager = name
        return FrontendFacts(
            package_json=Fact(value=path, evidence=evidence),
            build_command=Fact(value=f"{manager} run build", evidence=evidence),
            output_dir=Unresolved(reason="not read", evidence=evidence),
            package_manager=Fact(value=manager, evidence=evidence, certainty=Certainty.LIKELY),
        )
    nothing = Fact(value=None, evidence=(Evidence(path=join(django_dir, "manage.py") or ".", note="no package.json"),))
    return FrontendFacts(package_json=nothing, build_command=nothing, output_dir=nothing, package_manager=nothing)
