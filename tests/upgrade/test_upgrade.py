"""What a portal of before holds is there after the migrations, and can be worked with."""

import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def after(tmp_path_factory) -> dict:
    file = tmp_path_factory.mktemp("upgrade") / "portal.sqlite3"
    command = [sys.executable, "-m", "tests.upgrade.upgraded", f"sqlite:///{file}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_accounts_keep_their_groups_regions_and_second_factor(after):
    assert after["groups"] == {
        "pat": ["Publisher"],
        "ed": ["Editor"],
        "hana": ["Hub editor"],
        "ada": ["Administrator"],
        "root": [],
    }
    assert after["regions"] == [["East and Southern Africa"]]
    assert after["secrets"] == {"pat": "A" * 32}


def test_regions_have_the_identifiers_of_the_fixtures(after):
    assert after["identifiers"] == ["3032f66a-091e-5866-b42f-2be77fc95c08"]


def test_tables_of_packages_that_are_gone_are_gone(after):
    assert after["tables left"] == []


def test_proposal_of_before_is_approved(after):
    assert after["approved"] == "The town held a first dialogue. Young people came."


def test_version_of_before_is_gone_back_to(after):
    assert after["short title"] == ["A dialogue", 302, ""]


def test_history_and_log_say_what_they_said(after):
    assert after["history"] == [
        "Proposed by ed.",
        "As the page says",
        "As it was when its history began.",
    ]
    assert after["log"][0] == ["pat", "changed", "Changed Short title. “As the page says”"]


def test_import_of_before_is_listed(after):
    assert after["imports"] == [["autumn.txt", "ready"]]
