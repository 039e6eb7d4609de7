"""What a migration does to tables that are there already, as far as a former version of the code would notice."""

import ast
from collections.abc import Iterator

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.project_code import MigrationStep
from analyzer.snapshot.documents import PythonDocument, read_python
from analyzer.snapshot.repository import RepositorySnapshot

_NOT_COLUMNS = ("ManyToManyField", "GenericForeignKey", "GenericRelation", "TaggableManager")


def newest_steps(repo: RepositorySnapshot, path: RepoPath) -> tuple[MigrationStep, ...]:
    """The steps of one migration.

    Those on models that it makes itself are left out, and so is SeparateDatabaseAndState: who writes it has thought of
    what this is about.
    """
    document = read_python(repo, path)
    calls = tuple(_operations(document.tree)) if isinstance(document, PythonDocument) else ()
    made = {_text(call, "name", 0).lower() for call in calls if _name(call) == "CreateModel"}
    return tuple(step for call in calls if (step := _step(call, made, path)) is not None)


def _operations(tree: ast.Module) -> Iterator[ast.Call]:
    for node in tree.body:
        for statement in node.body if isinstance(node, ast.ClassDef) else ():
            match statement:
                case ast.Assign(targets=[ast.Name(id="operations")], value=ast.List(elts=elements)):
                    yield from (one for one in elements if isinstance(one, ast.Call))


def _step(call: ast.Call, made: set[str], path: RepoPath) -> MigrationStep | None:
    match _name(call):
        case "RemoveField" | "AddField" as operation:
            model, subject = _text(call, "model_name", 0), _text(call, "name", 1)
            if operation == "AddField" and not _is_required(call):
                return None
            shown = f"{model}.{subject}"
        case "RenameField" as operation:
            model = _text(call, "model_name", 0)
            shown = f"{model}.{_text(call, 'old_name', 1)} -> {_text(call, 'new_name', 2)}"
        case "DeleteModel" as operation:
            shown = model = _text(call, "name", 0)
        case "RenameModel" as operation:
            model = _text(call, "old_name", 0)
            shown = f"{model} -> {_text(call, 'new_name', 1)}"
        case _:
            return None
    if not model or model.lower() in made:
        return None
    return MigrationStep(operation=operation, subject=shown, evidence=Evidence(path=path, line=call.lineno))


def _is_required(call: ast.Call) -> bool:
    """Whether a row that does not name the new column is refused: Django takes a default out of the table again."""
    field = next((k.value for k in call.keywords if k.arg == "field"), call.args[2] if len(call.args) > 2 else None)
    if not isinstance(field, ast.Call) or _name(field) in _NOT_COLUMNS:
        return False
    given = {k.arg: k.value for k in field.keywords}
    null = given.get("null")
    return "db_default" not in given and not (isinstance(null, ast.Constant) and null.value is True)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _text(call: ast.Call, keyword: str, position: int) -> str:
    """An argument that is a literal text; "" for any other."""
    value = next((k.value for k in call.keywords if k.arg == keyword), None)
    if value is None and len(call.args) > position:
        value = call.args[position]
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
