"""The name of the app, its region and where the platform gets the code from."""

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Alternative, Decision, Domain, GitSource, PlanNote
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.names import slug
from analyzer.plan.tables import table

PROVIDERS = {"github.com": "github", "gitlab.com": "gitlab", "bitbucket.org": "bitbucket"}
PLACEHOLDER = "OWNER/REPOSITORY"
DEFAULT_BRANCH = "main"
DEFAULT_REGION = "nyc"
_OWNER_AND_NAME = lazy_pattern(r"[\w.-]+/[\w.-]+")
_DOMAIN = lazy_pattern(r"(?:[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*\.)+(?:xn--)?[a-zA-Z0-9]{2,}")


def plan_app_name(facts: ProjectFacts, overrides: Overrides) -> Decision[str]:
    """The existing spec's name, else the repository's, else the folder of the Django project's settings."""
    spec, git = facts.existing_spec, facts.git
    if spec is not None and spec.name:
        where = Evidence(path=spec.path, line=spec.lines.get("name", 1))
        decision = decide(
            slug(spec.name, "django-app"), "the existing app spec names the app", where, override="app.name"
        )
    elif git is not None:
        name = slug(git.path.rpartition("/")[2], "django-app")
        decision = decide(name, "the app is called as its repository", git.evidence, override="app.name")
    else:
        urlconf = facts.django.root_urlconf
        package = getattr(urlconf, "value", None) or ""
        generic = package.split(".")[0] in ("", "config", "core", "project", "settings", "app", "backend", "src")
        name = "django-app" if generic else slug(package.split(".")[0], "django-app")
        rule = "nothing names the app" if generic else "the app is called as the package of the project"
        decision = decide(name, rule, *(() if generic else urlconf.evidence[:1]), override="app.name")
    configured = overrides.app.name
    return overridden(decision, slug(configured, decision.value) if configured else None, overrides)


def plan_region(facts: ProjectFacts, overrides: Overrides) -> Decision[str]:
    """The existing spec's region; else the platform's first."""
    spec = facts.existing_spec
    others = [
        Alternative(value=region, reason="nearer to users or data elsewhere")
        for region in table("spaces")["regions"]
        if region != DEFAULT_REGION
    ]
    if spec is not None and spec.region:
        where = Evidence(path=spec.path, line=spec.lines.get("region", 1))
        decision = decide(spec.region, "the existing app spec has it", where, override="app.region")
    else:
        rule = "nothing says where users and data are: the platform's default"
        decision = decide(DEFAULT_REGION, rule, override="app.region", alternatives=others)
    return overridden(decision, overrides.app.region, overrides)


def plan_source(facts: ProjectFacts, overrides: Overrides) -> tuple[Decision[GitSource], tuple[PlanNote, ...]]:
    """The git remote; a placeholder where the checkout has none."""
    git = facts.git
    branch = overrides.app.branch or (git.branch if git is not None and git.branch else DEFAULT_BRANCH)
    if git is not None:
        found = _remote(git.host, git.path, branch)
        decision = decide(found, f"the remote of the checkout, {git.host}", git.evidence, override="app.git_repo")
    else:
        place = GitSource(provider="github", repository=PLACEHOLDER, branch=branch, placeholder=True)
        decision = decide(
            place, "the checkout has no git remote: put the repository's name here", override="app.git_repo"
        )
    configured = overrides.app.git_repo
    if configured:
        decision = overridden(decision, _configured(configured, branch), overrides)
    elif overrides.app.branch and git is not None:
        decision = overridden(decision, decision.value, overrides)
    if not decision.value.placeholder:
        return decision, ()
    note = PlanNote(
        code="git-source-missing",
        message="no git remote says where the platform gets the code from: the app spec has a placeholder",
        remedy='set app.git_repo = "owner/name" in [tool.doctor]',
    )
    return decision, (note,)


def plan_domains(facts: ProjectFacts, overrides: Overrides) -> Decision[tuple[Domain, ...]] | None:
    """The domains of the existing spec, and the configured one as the first; None without any."""
    spec = facts.existing_spec
    found = tuple(
        Domain(domain=domain.domain, type="ALIAS" if domain.type == "ALIAS" else "PRIMARY", zone=domain.zone)
        for domain in (spec.domains if spec is not None else ())
        if _DOMAIN.fullmatch(domain.domain)
    )
    decision = decide(
        found,
        "the existing app spec has them",
        *(domain.evidence for domain in (spec.domains if spec is not None else ())),
        override="app.domain",
    )
    configured = overrides.app.domain
    if configured and all(domain.domain != configured for domain in found):
        others = tuple(Domain(domain=domain.domain, type="ALIAS", zone=domain.zone) for domain in found)
        decision = overridden(decision, (Domain(domain=configured, type="PRIMARY"), *others), overrides)
    return decision if decision.value else None


def source_dir(context: RepoPath) -> str:
    """A folder of the repository as an app spec writes it."""
    return "/" if context == "." else f"/{context}"


def _remote(host: str, path: str, branch: str) -> GitSource:
    provider = PROVIDERS.get(host, "git")
    repository = path if provider != "git" else f"https://{host}/{path}.git"
    return GitSource(provider=provider, repository=repository, branch=branch)


def _configured(text: str, branch: str) -> GitSource:
    """`owner/name` at GitHub, or a clone URL."""
    if _OWNER_AND_NAME.fullmatch(text):
        return GitSource(provider="github", repository=text, branch=branch)
    host, _, path = text.partition("://")[2].rpartition("@")[2].partition("/")
    return _remote(host, path.removesuffix(".git"), branch) if path else _remote("", text, branch)
