"""The rules of access, by axe-core in the page that is open."""

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
    "selectors": False,
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
    "selectors": False,
    "elementRef": True,
}
# Words look alike that have one colour and size before the same grounds: axe is asked about two
# of each look, and about none in whose look it has found nothing, on whatever page. What is moved
# out of its place may lie before another ground than that of its parents: its class is a part of
# its look, and so is the width of the window.
GOOD: set[int] = set()
SCRIPT = (
    Axe().axe_script
    + """
async function axeFinds(context, rules) {
  const { violations } = await axe.run(context, rules);
  return violations.flatMap(rule => rule.nodes.map(node => ({ rule: rule.id, ...node })));
}
function inWords({ rule, html }) { return `${rule}: ${html.slice(0, 160)}`; }
function asNumber(...parts) {
  return [...parts.join()].reduce((sum, sign) => Math.imul(sum, 31) + sign.codePointAt() | 0, 0);
}
async function axeFindsOfColours(context, rules, good) {
  const grounds = new Map([[null, 0]]), asked = new Map(), few = {}, bad = new Set();
  const inside = (context.include ?? ['*']).flat().join();
  const groundOf = element => {
    if (!grounds.has(element)) {
      const style = getComputedStyle(element), parent = groundOf(element.parentElement);
      const isInFlow = style.position === 'static'
        || style.position === 'relative' && style.inset === '0px';
      const isMoved = !isInFlow || style.transform !== 'none';
      const name = isMoved && innerWidth + element.getAttribute('class');
      const parts = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter];
      grounds.set(element, asNumber(parent, name, parts));
    }
    return grounds.get(element);
  };
  for (const element of document.querySelectorAll('body *')) {
    const words = element.value || element.placeholder
      || [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim().length > 1);
    if (!words || !element.checkVisibility() || !element.closest(inside)) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const own = [color, fontSize, fontWeight, textShadow, element.disabled];
    const look = asNumber(groundOf(element), own);
    if (good.includes(look) || few[look] === 2) continue;
    few[look] = (few[look] ?? 0) + 1;
    asked.set(element, look);
  }
  const include = [...asked.keys()];
  const broken = include.length ? await axeFinds({ ...context, include }, rules) : [];
  for (const { element } of broken) bad.add(String(asked.get(element)));
  const fine = Object.keys(few).filter(look => !bad.has(look));
  return { broken: broken.map(inWords), good: fine.map(Number) };
}"""
)
FINDS = "async args => (await axeFinds(...args)).map(inWords)"
# What is folded may be too wide too.
OVER = """() => {
  const folded = [...document.querySelectorAll('details:not([open])')];
  folded.forEach(details => { details.open = true });
  const over = document.documentElement.scrollWidth - innerWidth;
  folded.forEach(details => { details.open = false });
  return over;
}"""
FINDS_OF_COLOURS = "args => axeFindsOfColours(...args)"


def faults_of(page, widths: tuple[int, ...] = (320, 1280), **context: list) -> list[str]:
    """What a page's console says, where it scrolls sideways, and the rules that it breaks.

    Light and dark at each width: the page is opened once, and the window changed about it. Context
    is axe's include and exclude.
    """
    faults = list(getattr(page, "said", []))  # a tab that a page opened has no such list
    page.wait_for_load_state()
    page.evaluate(SCRIPT)
    context = context or {"exclude": []}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        rules = RULES | {"preload": width == widths[0]}  # style sheets are the same at each
        broken = page.evaluate(FINDS, [context, rules])
        faults += [f"{width} {words}" for words in broken]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(FINDS_OF_COLOURS, [context, COLOURS, list(GOOD)])
            faults += [f"{width} {scheme} {words}" for words in found["broken"]]
            GOOD.update(found["good"])
        over = page.evaluate(OVER)
        faults += [f"{width} too wide by {over}"] if over > 0 else []
    if hasattr(page, "said"):
        page.said.clear()  # what axe itself does is no fault of the page
    return faults
