"""Tries the whole product where nothing but the loopback exists, and prints what it saw as JSON.

Run it in a network namespace of its own (`unshare --net`): it raises the loopback, starts everything, opens every page
in a real Chromium, chats with the real model, and writes down every address that was asked for.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import struct
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import Page, expect, sync_playwright
from product import Product, started

from course.lab_pages import load_lab_pages
from course.syllabus import load_syllabus

PATIENCE = 120_000
OUTSIDE = ("192.0.2.1", 80)  # a documentation address (RFC 5737); it must not even have a route
SIOCSIFFLAGS, IFF_UP, IFF_RUNNING = 0x8914, 0x1, 0x40


def raise_loopback() -> None:
    """Bring `lo` up, as `ip link set lo up` does."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING))


def is_cut_off() -> bool:
    """Whether there is no way out of here."""
    try:
        socket.create_connection(OUTSIDE, timeout=3).close()
    except OSError as fault:
        return not isinstance(fault, TimeoutError)
    return False


def outside(addresses: list[str]) -> list[str]:
    """Return the addresses that are not on this machine."""
    own = ("127.0.0.1", "localhost", "::1", None)
    return [
        one
        for one in addresses
        if urlsplit(one).scheme in ("http", "https", "ws", "wss", "ftp") and urlsplit(one).hostname not in own
    ]


def sockets() -> list[str]:
    """Return the addresses that processes here are connected to or listen on, beyond the loopback."""
    ends = [end for one in psutil.net_connections("inet") for end in (one.laddr, one.raddr) if end]
    return sorted({end.ip for end in ends if not end.ip.startswith(("127.", "::1", "::ffff:127."))})


def visit(page: Page, product: Product) -> list[str]:
    """Open every page in both languages; return the pages that worked."""
    worked = []
    for folder in ("", "en/"):
        for lab in load_lab_pages():
            page.goto(f"{product.base}/voila/render/{folder}sandbox/{lab.id}.ipynb")
            expect(page.locator("[data-lab]").first).to_be_visible()
            worked.append(f"{folder}{lab.id}")
        for module in load_syllabus().modules:
            page.goto(f"{product.base}/voila/render/{folder or f'{module}/'}{module}.ipynb")
            expect(page.locator(".kx-item").first).to_be_visible()
            worked.append(f"{folder}{module}")
    return worked


def chat(page: Page, product: Product) -> str:
    """Ask the real model for something; return its answer."""
    page.goto(f"{product.base}/voila/render/sandbox/chat.ipynb")
    page.locator(".kl-chat textarea:visible").first.fill("Kære forældre\n\nI næste uge skal klassen på tur til")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".kl-turn .kl-check")).to_be_visible()
    return page.locator(".kl-turn .kl-answer").inner_text()


def main(var: Path, chromium: str) -> dict[str, object]:
    """Try everything; return what was seen."""
    raise_loopback()
    seen: dict[str, object] = {"cut_off": is_cut_off()}
    asked: list[str] = []
    expect.set_options(timeout=PATIENCE)
    with started(var) as product, sync_playwright() as playwright:
        options = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda channel: asked.append(channel.url))
        page.goto(product.address)
        seen["pages"] = visit(page, product)
        seen["answer"] = chat(page, product)
        seen["outside"] = outside(asked)
        seen["asked"] = len(asked)
        seen["sockets"] = sockets()
        page.set_content('<img src="https://outside.example/dot.png">')
        page.wait_for_timeout(500)
        seen["planted"] = outside(asked)
        browser.close()
    return seen


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
