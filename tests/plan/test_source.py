"""Name, region, domains and where the code comes from."""

import pytest

from analyzer.model.overrides import AppOverrides, Overrides
from tests.plan.conftest import MakePlan, codes

CONFIG = '[remote "origin"]\n\turl = {}\n'


@pytest.mark.parametrize(
    ("url", "provider", "repository"),
    [
        ("git@github.com:example/Web_Shop.git", "github", "example/Web_Shop"),
        ("https://gitlab.com/group/team/shop.git", "gitlab", "group/team/shop"),
        ("https://bitbucket.org/example/shop", "bitbucket", "example/shop"),
        ("ssh://git@git.example.org/example/shop.git", "git", "https://git.example.org/example/shop.git"),
    ],
)
def test_remotes(plan: MakePlan, url: str, provider: str, repository: str) -> None:
    made = plan({".git/config": CONFIG.format(url), ".git/HEAD": "ref: refs/heads/trunk\n"})
    source = made.source.value
    assert (source.provider, source.repository, source.branch, source.placeholder) == (
        provider,
        repository,
        "trunk",
        False,
    )
    assert made.source.evidence[0].path == ".git/config"
    assert "git-source-missing" not in codes(made)


def test_without_a_remote(plan: MakePlan) -> None:
    made = plan()
    assert made.source.value.placeholder
    assert "git-source-missing" in codes(made)


@pytest.mark.parametrize(
    ("configured", "provider", "repository"),
    [
        ("example/shop", "github", "example/shop"),
        ("https://someone:hunter2@gitlab.com/example/shop.git", "gitlab", "example/shop"),
        ("https://git.example.org/shop.git", "git", "https://git.example.org/shop.git"),
    ],
)
def test_the_configured_repository(plan: MakePlan, configured: str, provider: str, repository: str) -> None:
    source = plan(overrides=Overrides(app=AppOverrides(git_repo=configured))).source.value
    assert (source.provider, source.repository, source.branch) == (provider, repository, "main")


def test_the_name(plan: MakePlan) -> None:
    assert plan().app_name.value == "shop"
    assert plan({".git/config": CONFIG.format("git@github.com:example/Web_Shop.git")}).app_name.value == "web-shop"
    assert plan({".do/app.yaml": "name: live\nservices:\n- name: api\n"}).app_name.value == "live"


def test_a_package_whose_name_says_nothing(plan: MakePlan) -> None:
    made = plan({"config/urls.py": "urlpatterns = []\n"}, settings="ROOT_URLCONF = 'config.urls'\n")
    assert (made.app_name.value, made.app_name.evidence) == ("django-app", ())


def test_region_and_domains_of_the_existing_spec(plan: MakePlan) -> None:
    spec = (
        "name: live\nregion: fra\ndomains:\n- {domain: shop.example.org, type: PRIMARY, zone: example.org}\n"
        "- {domain: www.shop.example.org, type: ALIAS}\nservices:\n- name: api\n"
    )
    made = plan({".do/app.yaml": spec})
    assert made.region.value == "fra"
    assert made.region.evidence[0].line == 2
    assert made.domains is not None
    assert [(d.domain, d.type, d.zone) for d in made.domains.value] == [
        ("shop.example.org", "PRIMARY", "example.org"),
        ("www.shop.example.org", "ALIAS", None),
    ]


def test_a_new_domain_goes_before_the_others(plan: MakePlan) -> None:
    spec = "domains:\n- {domain: shop.example.org, type: PRIMARY}\nservices:\n- name: api\n"
    made = plan({".do/app.yaml": spec}, overrides=Overrides(app=AppOverrides(domain="new.example.org")))
    assert made.domains is not None
    assert [(d.domain, d.type) for d in made.domains.value] == [
        ("new.example.org", "PRIMARY"),
        ("shop.example.org", "ALIAS"),
    ]


def test_the_defaults(plan: MakePlan) -> None:
    made = plan()
    assert (made.region.value, made.domains) == ("nyc", None)
    assert {a.value for a in made.region.alternatives} >= {"fra", "ams", "sgp"}
