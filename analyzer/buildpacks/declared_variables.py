"""Variables that the deployment files of the repository set for the build: app.json, app spec, Blueprint."""

from analyzer.buildpacks import app_spec
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import JsonDocument, YamlDocument, read_json, read_yaml
from analyzer.snapshot.paths import join
from analyzer.snapshot.yaml_node import YamlNode

_APP_JSON, _BLUEPRINT = "app.json", "render.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredVariable:
    """The value as text, "" where the platform is to ask for it or to make it up."""

    value: str
    evidence: Evidence


def in_app_json(source: Source, name: str) -> DeclaredVariable | None:
    """The variable of Heroku's app.json (devcenter.heroku.com: app.json schema, `env`)."""
    document = read_json(source.repository, _APP_JSON) if source.tree.is_file(_APP_JSON) else None
    data = document.data if isinstance(document, JsonDocument) else None
    variables = data.get("env") if isinstance(data, dict) else None
    if not isinstance(document, JsonDocument) or not isinstance(variables, dict) or name not in variables:
        return None
    given = variables[name]
    value = given.get("value", "") if isinstance(given, dict) else given
    evidence = Evidence(path=_APP_JSON, line=document.line_of("env", name), note=name)
    return DeclaredVariable(value=value if isinstance(value, str) else "", evidence=evidence)


def in_app_spec(source: Source, name: str) -> DeclaredVariable | None:
    """The variable of App Platform's app spec, where it is set during the build."""
    entries = app_spec.variables(source)
    return next((_of(entry, path) for path, entry in entries if app_spec.text_of(entry, "key") == name), None)


def in_blueprint(source: Source, name: str) -> DeclaredVariable | None:
    """The variable of a service of Render's Blueprint that builds this folder (render.com/docs/blueprint-spec)."""
    document = read_yaml(source.repository, _BLUEPRINT) if source.tree.is_file(_BLUEPRINT) else None
    root = document.root if isinstance(document, YamlDocument) else None
    services = root.get("services") if root is not None else None
    for service in services.elements() if services is not None else ():
        entries = service.get("envVars")
        if join(".", app_spec.text_of(service, "rootDir").strip("/")) != "." or entries is None:
            continue
        for entry in entries.elements():
            if app_spec.text_of(entry, "key") == name:
                return _of(entry, _BLUEPRINT)
    return None


def declared_variables(source: Source, name: str) -> tuple[DeclaredVariable, ...]:
    """The variable as each of the files sets it, whichever platform reads it."""
    found = (in_app_json(source, name), in_app_spec(source, name), in_blueprint(source, name))
    return tuple(variable for variable in found if variable is not None)


def _of(entry: YamlNode, path: RepoPath) -> DeclaredVariable:
    key = entry.get("key") or entry
    evidence = Evidence(path=path, line=key.line, note=key.text or "")
    return DeclaredVariable(value=app_spec.text_of(entry, "value"), evidence=evidence)
