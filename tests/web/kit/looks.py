"""How a page looks, and to whom: for those who see it, and for those who do not."""

from __future__ import annotations

import os
from pathlib import Path

from kit.tools import axe_source
from playwright.sync_api import Page

FOLDER = "XIANXUE_SCREENSHOTS"
"""The variable that names the folder where pictures are kept."""
WIDTHS = {1440: 900, 390: 844}
"""An office screen and a phone, by width."""
GRAVE = ("serious", "critical")

RUN_AXE = """async () => {
  // Of rows that are built alike, word by word of what axe reads, two say what all would.
  const built = (each) => each.outerHTML
    .replace(/>[^<]+</g, '>.<')
    .replace(/ (id|href|value|d|x|y|cx|cy|points|transform|datetime)="[^"]+"/g, ' $1');
  const worded = (each) => [...each.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const doubled = [];
  for (const parent of document.querySelectorAll('body *')) {
    if (parent.children.length < 8 || worded(parent)) continue;
    if (doubled.some((each) => each.contains(parent))) continue;
    const seen = new Map();
    for (const child of parent.children) {
      const many = (seen.get(built(child)) || 0) + 1;
      seen.set(built(child), many);
      if (many > 2) doubled.push(child);
    }
  }
  const styles = doubled.map((each) => each.style.cssText);
  doubled.forEach((each) => each.style.setProperty('display', 'none', 'important'));
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  doubled.forEach((each, at) => {
    // Written as an attribute it would be refused by the page's policy.
    each.style.cssText = styles[at];
    if (!styles[at]) each.removeAttribute('style');
  });
  const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
  const twice = ids.filter((each, at) => ids.indexOf(each) !== at);
  const found = violations.map(({ id, impact, help, nodes }) => ({
    id, impact, help, nodes: nodes.map((each) => `${each.target.join(' ')}: ${each.html}`),
  }));
  if (twice.length) {
    found.push({ id: 'ids', impact: 'serious', help: 'ids are given twice', nodes: twice });
  }
  return found;
}"""
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().left + each.scrollWidth > room + 1)
    .map((each) => each.outerHTML.slice(0, 120))
    .concat([`the page is ${document.documentElement.scrollWidth} wide in ${room}`]);
}"""


def axe(page: Page) -> None:
    """No fault that axe-core calls serious or critical."""
    if not page.evaluate("() => typeof axe === 'object'"):
        # The policy refuses a script element; what the test evaluates is not the page's.
        page.evaluate(axe_source())
    faults = [
        f"{each['impact']} {each['id']}: {each['help']}\n    " + "\n    ".join(each["nodes"][:5])
        for each in page.evaluate(RUN_AXE)
        if each["impact"] in GRAVE
    ]
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def fits(page: Page, width: int = 390) -> None:
    """Nothing makes the page scroll sideways on a screen of this width."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": WIDTHS.get(width, 844)})
    wider = page.evaluate(WIDER)
    if before:
        page.set_viewport_size(before)
    assert not wider, f"{page.url} at {width}:\n" + "\n".join(wider[:8])


def screenshots(page: Page, name: str, folder: Path) -> list[Path]:
    """Pictures of the whole page at both widths; in a folder of the tests unless one is named."""
    kept = Path(os.environ.get(FOLDER) or folder)
    kept.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    made = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        made.append(kept / f"{name}-{width}.png")
        page.screenshot(path=made[-1], full_page=True, animations="disabled")
    if before:
        page.set_viewport_size(before)
    return made
