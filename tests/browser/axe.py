"""The rules of access, by axe-core in the page that is open."""

import json

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
RULES_IN = {"light": RULES, "dark": COLOURS}  # in the dark, nothing but the colours is another
SCRIPT = Axe().axe_script


def broken_rules(page, rules: dict = RULES, **context: list) -> list[str]:
    """Each rule that the loaded page breaks, with the element; context is axe's include, exclude.

    The script is read once a page, and only what is broken is handed over: the rest is most of it.
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    arguments = f"{json.dumps(context or {'exclude': []})}, {json.dumps(rules)}"
    found = page.evaluate(f"axe.run({arguments}).then(results => results.violations)")
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
