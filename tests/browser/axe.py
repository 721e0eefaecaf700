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


def faults_of(page, widths: tuple[int, ...] = (320, 1280), **context: list) -> list[str]:
    """What a page's console says, where it scrolls sideways, and the rules that it breaks.

    Light and dark at each width: the page is opened once, and the window changed about it.
    """
    faults = list(getattr(page, "said", []))  # a tab that a page opened has no such list
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in RULES_IN.items():
            page.emulate_media(color_scheme=scheme)
            broken = broken_rules(page, rules, **context)
            faults += [f"{width} {scheme} {rule}" for rule in broken]
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults += [f"{width} too wide by {over}"] if over > 0 else []
    if hasattr(page, "said"):
        page.said.clear()  # what axe itself does is no fault of the page
    return faults
