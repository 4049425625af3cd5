"""docker-compose.yml without a container engine: it parses, fits the settings and holds no secret."""

import re
from typing import Any

import pytest
import yaml

from tests.real_worker import ROOT

pytestmark = pytest.mark.once

TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]


def settings_read() -> set[str]:
    """Return the names of the variables that the settings read."""
    source = "".join((ROOT / "staff_portal" / name).read_text() for name in ("settings.py", "environment.py"))
    return set(re.findall(r"""(?:env(?:\.\w+)?|required)\(\s*"([A-Z_]+)\"""", source))


def test_the_services_are_those_of_an_installation() -> None:
    assert set(SERVICES) == {"proxy", "web", "worker", "beat", "migrate", "postgres", "redis"}


@pytest.mark.parametrize("name", OURS)
def test_it_sets_only_what_the_settings_read(name: str) -> None:
    assert set(SERVICES[name]["environment"]) - settings_read() == set()


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_watched_or_runs_once(name: str) -> None:
    service = SERVICES[name]
    waited_for = [
        other["depends_on"][name]["condition"]
        for other in SERVICES.values()
        if name in other.get("depends_on", {})
    ]
    if service.get("restart") == "no":
        assert set(waited_for) == {"service_completed_successfully"}
    else:
        assert service["healthcheck"]["test"]
        assert set(waited_for) <= {"service_healthy"}


def test_every_secret_comes_from_the_environment_and_is_asked_for() -> None:
    secrets = re.findall(r"^ +(\w*(?:PASSWORD|SECRET|AUTH)\w*): +(.*)$", TEXT, re.MULTILINE)
    assert {name for name, _ in secrets} == {"SECRET_KEY", "POSTGRES_PASSWORD", "REDISCLI_AUTH"}
    for _, value in secrets:
        assert re.fullmatch(r"\$\{\w+(:\?[^}]+)?\}", value), value
    asked = set(re.findall(r"\$\{(\w+):\?", TEXT))
    used = set(re.findall(r"\$\{(\w+)", TEXT))
    assert used - asked == {"PORTAL_VERSION"}


def test_no_address_holds_a_literal_password() -> None:
    assert re.findall(r"://\w*:[^$@{}\s]+@", re.sub(r"\$\{[^}]*\}", "", TEXT)) == []


def test_several_replicas_stand_behind_the_proxy() -> None:
    assert SERVICES["web"]["deploy"]["replicas"] >= 2
    assert "ports" not in SERVICES["web"]
    assert "server web:8000" in (ROOT / "nginx.conf").read_text()


def test_web_and_worker_share_the_materials() -> None:
    assert SERVICES["web"]["volumes"] == SERVICES["worker"]["volumes"]
    assert SERVICES["web"]["volumes"][0].split(":")[0] in COMPOSE["volumes"]


def test_every_named_volume_and_network_is_declared() -> None:
    volumes = {part.split(":")[0] for service in SERVICES.values() for part in service.get("volumes", [])}
    assert {name for name in volumes if name.isalpha()} == set(COMPOSE["volumes"])
    assert {name for service in SERVICES.values() for name in service["networks"]} == set(COMPOSE["networks"])


def test_the_queue_keeps_what_it_was_given() -> None:
    words = SERVICES["redis"]["command"]
    assert words[words.index("--maxmemory-policy") + 1] == "noeviction"
    assert words[words.index("--appendonly") + 1] == "yes"


def test_the_database_and_the_queue_are_out_of_reach_from_outside() -> None:
    assert COMPOSE["networks"]["inside"]["internal"]
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "ports" not in SERVICES[name]
