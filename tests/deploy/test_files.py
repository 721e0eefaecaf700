"""What lies in deploy/ and docs/operations.md says of the portal is so."""

import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from strongcities.middleware import LONGEST_BODY, LONGEST_FORM
from tests.deploy.production import documented_start
from tests.test_structure import settings_variables

DEPLOY = settings.BASE_DIR / "deploy"
OPERATIONS = (settings.BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
ANALYZE = shutil.which("systemd-analyze")


def words(text: str) -> list[str]:
    return re.findall(r"[^\s\\\[\]\",]+", text)


def test_every_command_of_the_guide_is_there():
    named = set(re.findall(r"journeys-manage (\w+)", OPERATIONS))
    timed = set(re.findall(r"journeys-job@(\w+)\.service", "".join(map(text_of, UNITS))))

    assert {"migrate", "backup", "restore", "createsuperuser"} <= named
    assert timed == {"delete_old_records", "remind_reviews", "clean_pictures", "write_archive"}
    assert named | timed <= set(get_commands())


def test_every_variable_of_the_guide_and_of_deploy_is_a_setting():
    names = ("compose.yaml", "Containerfile", "kubernetes/portal.yaml", "kubernetes/migrate.yaml")
    deployed = [text_of(DEPLOY / name) for name in names]
    named = set(
        re.findall(r"\b(?:DJANGO|DATABASE|PAGES)_[A-Z_]+[A-Z]\b", OPERATIONS + "".join(deployed))
    )

    assert named - {"DJANGO_KEEP"} <= settings_variables()


def test_every_timer_is_enabled_and_every_file_named_is_there():
    assert {path.name for path in DEPLOY.glob("*.timer")} <= set(words(OPERATIONS))
    for name in re.findall(r"\.\./(deploy/[\w.]+)", OPERATIONS):
        assert (settings.BASE_DIR / name).exists()


@pytest.mark.parametrize(
    ("name", "elsewhere"),
    [
        ("journeys@.service", {"8000": "%i", "2": "1"}),
        ("Containerfile", {"127.0.0.1": "0.0.0.0", "2": "1"}),
    ],
)
def test_portal_is_started_everywhere_as_readme_starts_it(name, elsewhere):
    start = [elsewhere.get(word, word) for word in documented_start()]

    said = words(text_of(DEPLOY / name))

    at = next(n for n, word in enumerate(said) if word.endswith("granian"))
    assert said[at + 1 : at + 1 + len(start)] == start


def test_container_runs_as_nobody_and_takes_no_secret_with_it():
    assert "\nUSER 10001\n" in text_of(DEPLOY / "Containerfile")
    assert {".env", "var", ".git"} <= set(words((settings.BASE_DIR / ".dockerignore").read_text()))


def test_cluster_runs_as_nobody_and_starts_what_every_selector_means():
    texts = [text_of(path) for path in DEPLOY.glob("kubernetes/*.yaml")]
    records = {one["kind"]: one["spec"] for text in texts for one in yaml.safe_load_all(text)}
    labels = records["Deployment"]["template"]["metadata"]["labels"]
    pods = [
        records["Deployment"]["template"]["spec"],
        records["Job"]["template"]["spec"],
        records["CronJob"]["jobTemplate"]["spec"]["template"]["spec"],
    ]

    assert records["Service"]["selector"] == labels
    assert records["PodDisruptionBudget"]["selector"] == {"matchLabels": labels}
    assert records["PodDisruptionBudget"]["minAvailable"] < records["Deployment"]["replicas"]
    assert all(pod["securityContext"]["runAsNonRoot"] for pod in pods)
    assert all(pod["containers"][0]["securityContext"]["readOnlyRootFilesystem"] for pod in pods)


def test_cluster_runs_every_command_that_timers_start_elsewhere():
    timed = set(re.findall(r"journeys-job@(\w+)\.service", "".join(map(text_of, UNITS))))

    timed -= {"write_archive"}  # into a file on a disk, of which pods share none
    assert timed <= set(words(text_of(DEPLOY / "kubernetes" / "portal.yaml").replace(";", "")))


def test_nginx_takes_bodies_as_long_as_the_portal_does():
    sizes = re.findall(r"client_max_body_size (\w+);", text_of(DEPLOY / "nginx.conf"))

    assert sizes == [f"{LONGEST_FORM // 1024**2}m", f"{LONGEST_BODY // 1024}k"]


def test_nginx_gives_each_of_its_memories_a_name_of_its_own():
    names = re.findall(r"(?:zone=|shared:)(\w+):\d", text_of(DEPLOY / "nginx.conf"))

    assert len(names) == 5
    assert len(set(names)) == len(names)


@pytest.mark.skipif(ANALYZE is None, reason="no systemd on this machine")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_the_unit(unit):
    done = subprocess.run([ANALYZE, "verify", unit], capture_output=True, text=True, check=False)

    not_here = ("is not executable", "Failed to", "not found", "Unit ")
    told = [line for line in done.stderr.splitlines() if unit.name in line]
    assert not [line for line in told if not any(words in line for words in not_here)]


def text_of(path) -> str:
    return path.read_text(encoding="utf-8")
