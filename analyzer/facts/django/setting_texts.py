"""Which text a variable must have so that a setting accepts the deployment's domain: tried with the settings."""

from collections.abc import Iterator, Mapping

from analyzer.facts.django.answers import SettingsView
from analyzer.facts.django.evaluation import EvaluatedSettings, Program, evaluate_with
from analyzer.facts.django.plain_settings import to_plain
from analyzer.facts.environment_names import matches
from analyzer.model.connections import SettingText

DOMAIN, URL = "{domain}", "{url}"
WANTED = {
    "ALLOWED_HOSTS": DOMAIN,
    "CSRF_TRUSTED_ORIGINS": URL,
    "CORS_ALLOWED_ORIGINS": URL,
    "CORS_ORIGIN_WHITELIST": URL,
}
"""Settings that list hosts or origins, and what belongs into them."""
FORMS = ("%s", '["%s"]')
"""A text that the settings split or take whole, and JSON."""


def setting_texts(program: Program, view: SettingsView) -> tuple[SettingText, ...]:
    """A text for each variable that decides one of these settings, where one of the forms turns out to be accepted.

    Each variable gets a domain of its own, so that one evaluation tells for all of them which list it came to.
    """
    open_: dict[str, str] = {}
    for setting in WANTED:
        for name in _candidates(view, setting):
            open_.setdefault(name, setting)
    for name in (*view.bare.environment.reads, *view.configured.environment.reads):
        for setting in WANTED:
            if setting.rpartition("_")[2] in name.upper():  # a condition may hide what a variable has a say in
                open_.setdefault(name, setting)
    found: list[SettingText] = []
    for form in FORMS:
        if not open_:
            break
        given = {name: form % _filled(WANTED[open_[name]], number) for number, name in enumerate(sorted(open_))}
        settings = evaluate_with(program, view.configured, given)
        for number, name in enumerate(sorted(open_)):
            setting = open_[name]
            if _filled(WANTED[setting], number) in _listed(settings, setting):
                text = form % WANTED[setting]
                places = (view if view.is_set(setting) else settings).evidence(setting)
                found.append(SettingText(variable=name, setting=setting, text=text, evidence=places[:1]))
        open_ = {name: setting for name, setting in open_.items() if all(f.variable != name for f in found)}
    return tuple(sorted(found, key=lambda text: text.variable))


def _candidates(view: SettingsView, setting: str) -> Iterator[str]:
    """The variables that have a say in a setting, those that switch something left out.

    A variable called after the setting may be the condition under which the settings have it at all.
    """
    if view.is_set(setting):
        yield from (name for name in view.env(setting) if not matches("bool", name) and "DEBUG" not in name.upper())
    for settings in (view.bare, view.configured):
        yield from (name for name in settings.environment.reads if setting in name.upper())


def _filled(form: str, number: int) -> str:
    domain = f"app{number}.example.org"
    return domain if form == DOMAIN else f"https://{domain}"


def _listed(settings: EvaluatedSettings, setting: str) -> tuple[object, ...]:
    value = settings.namespace.values.get(setting)
    plain = None if value is None else to_plain(value)
    return plain if isinstance(plain, tuple) and not isinstance(plain, Mapping) else ()
