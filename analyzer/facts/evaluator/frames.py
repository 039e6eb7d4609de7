"""Scopes of the evaluated program."""

from dataclasses import field

from analyzer.facts.evaluator.values import NO_NAMES, Klass, Module, Names, Namespace, Value
from analyzer.model.quick_dataclass import dataclass


@dataclass(slots=True, eq=False)
class Frame:
    """Where names are looked up: the local scope, the enclosing functions, the module."""

    module: Module
    local: Namespace
    enclosing: tuple[Namespace, ...] = ()
    """Scopes of the enclosing functions, innermost first."""
    klass: Klass | None = None
    """The class whose method runs, for `super()`."""
    declared_global: set[str] = field(default_factory=set)
    declared_nonlocal: set[str] = field(default_factory=set)
    pending: list[tuple[str, Value]] = field(default_factory=list)
    """What the call returns on branches that could not be decided, each with its condition."""
    conditions: list[Names] = field(default_factory=list)
    """Variables that decided the conditions around the statement being executed."""
    in_function: bool = False
    decided_by: Names = NO_NAMES
    """Variables that decided whether the call returned before its last statement."""

    def lookup(self, name: str) -> Value | None:
        """The value of a name, None when no scope has it."""
        if name in self.declared_global:
            return self.module.namespace.values.get(name)
        for scope in (self.local, *self.enclosing, self.module.namespace):
            if name in scope.values:
                return scope.values[name]
        return None

    def target(self, name: str) -> Namespace:
        """The scope that an assignment to `name` writes to."""
        if name in self.declared_global:
            return self.module.namespace
        if name in self.declared_nonlocal:
            for scope in self.enclosing:
                if name in scope.values:
                    return scope
        return self.local
