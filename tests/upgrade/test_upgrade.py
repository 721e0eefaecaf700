"""What a portal of before holds is there after the migrations, and can be worked with."""

import json
import subprocess
import sys


def test_portal_of_before_is_all_there_and_goes_on(tmp_path):
    address = f"sqlite:///{tmp_path / 'portal.sqlite3'}"
    command = [sys.executable, "-m", "tests.upgrade.upgraded", address]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    after = json.loads(done.stdout)

    assert after.pop("log")[0] == ["pat", "changed", "Changed Short title. “As the page says”"]
    assert after == {
        "groups": {
            "pat": ["Publisher"],
            "ed": ["Editor"],
            "hana": ["Hub editor"],
            "ada": ["Administrator"],
            "root": [],
        },
        "regions": [["East and Southern Africa"]],
        "secrets": {"pat": "A" * 32},
        "identifiers": ["3032f66a-091e-5866-b42f-2be77fc95c08"],  # those of the fixtures
        "tables left": [],  # of packages that are gone
        "approved": "The town held a first dialogue. Young people came.",
        "short title": ["A dialogue", 302, ""],  # gone back to
        "history": [
            "Proposed by ed.",
            "As the page says",
            "As it was when its history began.",
        ],
        "imports": [["autumn.txt", "ready"]],
    }
