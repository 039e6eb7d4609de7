"""All rules, found by their modules: analyzer/rules/CATEGORY/RULE_ID.py."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from analyzer.model.errors import UsageError
from analyzer.model.finding import Category, Failed, RuleResult
from analyzer.model.plan import PlanNote
from analyzer.rules.base import Context, Rule
from analyzer.rules.own_names import with_own_names


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by id."""
    import analyzer.rules as package

    folders = [import_module(f"{package.__name__}.{one.name}") for one in iter_modules(package.__path__) if one.ispkg]
    names = [f"{folder.__name__}.{one.name}" for folder in folders for one in iter_modules(folder.__path__)]
    return tuple(sorted((import_module(name).rule for name in names), key=lambda rule: rule.info.id))


def chosen_rules(only: Collection[str] = (), skip: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules whose id or category is in `only`, all where that is empty, without those in `skip`.

    Raises UsageError for a name that is neither, with the one that was probably meant.
    """
    rules = all_rules()
    names = {rule.info.id for rule in rules} | {category.value for category in Category}
    for name in (*only, *skip):
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"did you mean {near[0]}?" if near else "doctor explain lists them"
            raise UsageError(f"no rule or category is called {name}; {hint}")
    return tuple(
        rule
        for rule in rules
        if (not only or {rule.info.id, rule.info.category.value} & set(only))
        and not {rule.info.id, rule.info.category.value} & set(skip)
    )


def apply_rules(context: Context, rules: Iterable[Rule]) -> tuple[RuleResult, ...]:
    """What the rules say, in their order. An exception of a rule says in a note which one it was."""
    results = []
    for rule in rules:
        try:
            outcome = rule.check(context)
        except Exception as error:
            error.add_note(f"the rule {rule.info.id}")
            raise
        if isinstance(outcome, Failed):
            outcome = with_own_names(context, rule.info, outcome)
        results.append(RuleResult(rule=rule.info, outcome=outcome))
    return tuple(results)


def by_code(notes: Iterable[PlanNote]) -> dict[str, tuple[PlanNote, ...]]:
    """The plan's notes by code, in their order."""
    found: dict[str, tuple[PlanNote, ...]] = {}
    for note in notes:
        found[note.code] = (*found.get(note.code, ()), note)
    return found
