"""Asks axe-core what hinders people on a page, and whether every chart can be read otherwise."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from playwright.sync_api import Page, ViewportSize, expect

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
READY = 60_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN_AXE = (
    "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(found => JSON.stringify(found.violations))"
)
# A chart that is for the eyes alone is hidden from others, or is part of one that is not; icons are hidden.
CHARTS = """() => {
  const all = document.querySelectorAll("svg, canvas, [role=img], figure");
  return [...all].filter((node) => !node.closest("[aria-hidden=true]") && node.getClientRects().length).map((node) => {
    const image = node.matches("figure") ? (node.querySelector("[role=img], svg, canvas") ?? node) : node;
    const named = (image.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id));
    const name = image.getAttribute("aria-label") || named.map((one) => one?.textContent ?? "").join(" ").trim();
    const place = node.closest("figure")?.parentElement ?? node.parentElement;
    const table = place?.querySelector("table caption") ?? place?.parentElement?.querySelector("table caption");
    const figures = table?.closest("table").querySelectorAll("tbody td").length ?? 0;
    const what = `${node.tagName} ${node.getAttribute("class")}`;
    return { what, name, table: table?.textContent.trim() ?? "", figures };
  });
}"""


def violations(page: Page, axe: str) -> list[str]:
    """Return what the checker finds, a line for each rule: the rule, what it says, and where."""
    page.evaluate(axe)
    found = json.loads(page.evaluate(RUN_AXE, WCAG))
    return [f"{rule['id']}: {rule['help']}: {[node['target'] for node in rule['nodes']]}" for rule in found]


def hosts(asked: list[str]) -> set[str | None]:
    """Return the hosts of the addresses that lead out of the page."""
    return {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}


def check_pieces(page: Page, axe: str) -> None:
    """Check each piece of a module, or the page if it has none."""
    assert violations(page, axe) == []
    for piece in page.locator(".kk-steps-list a").evaluate_all("links => links.slice(1).map(it => it.hash)"):
        page.evaluate("hash => { location.hash = hash }", piece)
        expect(page.locator(".kk-piece.kk-current")).to_have_attribute("id", piece[1:])
        assert violations(page, axe) == [], piece


def charts(page: Page) -> list[dict[str, str | int]]:
    """Return what the page's charts are: `what`, `name` for a screen reader, `table` behind it and its `figures`."""
    found: list[dict[str, str | int]] = page.evaluate(CHARTS)
    return found
