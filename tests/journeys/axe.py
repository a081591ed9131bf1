"""Asks axe what a page does wrong to those who see, hear or point otherwise; the rules of WCAG 2.2 AA."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}
GRAVE = {"serious", "critical"}
THEMES = ("light", "dark")
# A map drawn without a graphics card takes seconds, and axe sees nothing of it: what is around it is asked about.
NO_PICTURE = """
addEventListener('DOMContentLoaded', () => {
  const small = document.createElement('style');
  small.textContent = '.frame .ground { width: 8px !important; height: 8px !important; }';
  document.head.append(small);
});
"""
ASK = """
async ([rules, theme]) => {
  document.documentElement.dataset.theme = theme;
  document.documentElement.classList.toggle('dark', theme === 'dark');
  // A colour on its way to the other theme is nobody's fault: transitions end at once.
  const still = document.createElement('style');
  still.textContent = '*, *::before, *::after { transition: none !important; animation: none !important; }';
  document.head.append(still);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  // Markup is the same in every theme: another one is asked for its colours only.
  const asked = { runOnly: rules, resultTypes: ['violations'], preload: false };
  const found = await axe.run(document, asked).finally(() => still.remove());
  return found.violations.map((one) => ({ id: one.id, impact: one.impact, nodes: one.nodes.map((node) => node.html) }));
}
"""


def prepare(page: Page) -> None:
    """Before the first page that is asked about; its context bypasses the page's own rules for scripts."""
    page.add_init_script(path=AXE)
    page.add_init_script(NO_PICTURE)


def faults(page: Page, themes: tuple[str, ...] = THEMES) -> list[str]:
    """What is serious or critical on the page as it stands: rule, theme, where, how often, and the first element."""
    lines = []
    for theme in themes:
        found: list[dict[str, Any]] = page.evaluate(ASK, [RULES if theme == themes[0] else COLOURS, theme])
        lines += [
            f"{one['id']} ({theme}, {page.url}): {len(one['nodes'])} × {one['nodes'][0][:300]}"
            for one in found
            if one["impact"] in GRAVE
        ]
    return lines
