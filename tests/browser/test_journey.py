"""A learner does the whole module in a real browser, in Danish and in English, hands in and reads the feedback."""

from __future__ import annotations

import json
import re

import pytest
from faults import KERNEL, found
from learner import answer, box
from playwright.sync_api import Browser, Page, expect
from product import Product

from course.locale import LANGUAGES
from course.module import load_modules
from course.syllabus import load_syllabus

MODULE = load_modules()["capabilities"]
ITEMS = list(MODULE.items.values())
TITLES = {"da": "Hvad AI kan og ikke kan", "en": "What AI can and cannot do"}
CHECK = {"da": "Tjek mit svar", "en": "Check my answer"}
SWITCH = {"da": "English", "en": "Dansk"}
KERNEL_BYTES = 90_000_000


@pytest.fixture
def page(browser: Browser, product: Product) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(product.address)
    expect(page).to_have_url(re.compile(r"/voila/render/index\.ipynb$"))
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_learner_does_the_module_hands_in_and_reads_the_feedback(page: Page, product: Product, language: str) -> None:
    if language != "da":
        page.get_by_role("link", name=SWITCH["da"]).click()
    page.get_by_role("link", name=TITLES[language], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[language])
    assert page.locator("html").get_attribute("lang") == language
    for piece in MODULE.pieces:
        section = page.locator(f"#{piece.id}")
        expect(section).to_be_visible()
        for item_id in _items_of(piece.id):
            _do(page, item_id, language)
        following = section.locator('a[rel="next"]')
        if following.count():
            following.click()
    _hand_in(page, product)
    report = page.locator(".kx-submit:visible .kx-report")
    for item in ITEMS:
        if item.use == "graded":
            expect(report.locator(f'a[href="#item-{item.id}"]')).not_to_have_count(0)
    points = sum(item.points for item in ITEMS if item.use == "graded")
    expect(report).to_contain_text(f"{points}")


def _items_of(piece: str) -> list[str]:
    blocks = MODULE.lessons["da"].blocks
    return [block.reference for block in blocks if block.role == "exercise" and block.piece == piece]


def _do(page: Page, item_id: str, language: str) -> None:
    item = MODULE.items[item_id]
    answer(page, item, language)
    if item.use == "practice":
        box(page, item).get_by_role("button", name=CHECK[language]).click()
        expect(box(page, item).locator(".kx-verdict-right")).to_be_visible()


def _hand_in(page: Page, product: Product) -> None:
    before = _ticket(product)
    here = page.locator(".kx-submit:visible")
    expect(here.locator(".kx-missing a")).to_have_count(0)
    here.locator("button.button-primary").first.click()
    expect(here.locator(".kx-report")).not_to_be_empty(timeout=60_000)
    for _ in range(240):
        if _ticket(product) not in ("", before):
            return
        page.wait_for_timeout(250)
    raise AssertionError("no feedback after a minute")


def _ticket(product: Product) -> str:
    file = product.var / "feedback" / "anna" / "capabilities.json"
    return str(json.loads(file.read_text("utf-8"))["ticket"]) if file.is_file() else ""


def test_the_kernel_of_a_page_stays_under_90_mb(page: Page, product: Product) -> None:
    page.get_by_role("link", name=TITLES["da"], exact=True).click()
    expect(box(page, ITEMS[0])).to_be_visible()
    kernels = found(product.process.pid, KERNEL)
    assert len(kernels) > 1
    assert max(kernel.memory_full_info().pss for kernel in kernels) < KERNEL_BYTES


def test_the_gradebook_has_the_points_of_the_journey(page: Page, product: Product) -> None:
    report = json.loads((product.var / "feedback" / "anna" / "capabilities.json").read_text("utf-8"))
    assert report["points"] == sum(item.points for item in ITEMS if item.use == "graded")
    assert report["waiting_for_reader"] is True
    page.reload()
    for track in load_syllabus().tracks:
        inside = [name for piece in track.pieces.get(MODULE.id, ()) for name in _items_of(piece)]
        count = sum(MODULE.items[name].use != "feedback" for name in inside)  # what is voluntary is not counted
        if count:
            expect(page.get_by_role("main")).to_contain_text(f"{count} af {count}")
