"""The look: what is fetched for it and how that is checked, its texts, its colours, and that it asks no other host."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from course import paths
from sandbox import theme
from sandbox.theme import fetch as fetching
from sandbox.theme import npm
from sandbox.theme.article import article
from sandbox.theme.errors import FetchError
from sandbox.theme.fetch import ADDRESS, DKFDS, Package, dkfds_folder, fetch

TEMPLATE = theme.static(theme.SOURCE).parent
SOURCES = [path for path in TEMPLATE.rglob("*") if path.is_file()]
STYLES = """@charset "UTF-8";html{font-size:62.5%}body{font-size:1.6rem;margin:-.8rem}
@font-face{font-family:A;\
src:url(../fonts/a.eot),url("../fonts/a.woff2") format("woff2"),url(../fonts/a.ttf) format("truetype")}
.i{background:url(../img/i.svg)}.d{background:url(data:image/svg+xml;base64,AA)}@media print{html{font-size:48%}}
/*# sourceMappingURL=x.map */"""
FILES = {
    "css/a.css": STYLES,
    "fonts/a.woff2": "w",
    "img/i.svg": "<svg/>",
    "js/a.js": "left out",
    "secret.txt": "left out",
}


def archive(folder: Path, files: dict[str, str]) -> tuple[Path, str]:
    """Write a package's archive as npm does; return it and what it hashes to."""
    path = folder / "sample-1.0.0.tgz"
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/dist/{name}")
            member.size = len(content.encode())
            tar.addfile(member, io.BytesIO(content.encode()))
    return path, "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """A package in a registry of its own; each asking is noted in `asked.txt`."""
    path, integrity = archive(tmp_path, FILES)

    def pack(package: str, folder: Path, say: npm.Say) -> Path:
        with (tmp_path / "asked.txt").open("a") as notes:
            notes.write(package + "\n")
        copy = folder / path.name
        copy.write_bytes(path.read_bytes())
        return copy

    monkeypatch.setattr(npm, "pack", pack)
    kept = ("package/dist/css/*", "package/dist/fonts/*", "package/dist/img/*")
    return Package("sample", "1.0.0", integrity, "package/dist/", kept)


def test_what_is_needed_is_put_in_place_once(sample: Package, tmp_path: Path) -> None:
    target = tmp_path / "out" / "sample"
    assert fetch(sample, target, print) is True
    assert fetch(sample, target, print) is False
    assert (tmp_path / "asked.txt").read_text() == "sample@1.0.0\n"
    files = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert files == {"css/a.css", "fonts/a.woff2", "img/i.svg", fetching.MARK}
    assert [path.name for path in target.parent.iterdir()] == ["sample"]


def test_a_stylesheet_is_made_ours(sample: Package, tmp_path: Path) -> None:
    fetch(sample, tmp_path / "sample", print)
    text = (tmp_path / "sample" / "css" / "a.css").read_text()
    assert "html{font-size:100%}" in text
    assert "html{font-size:76.8%}" in text
    assert "font-size:1rem;margin:-0.5rem" in text
    assert 'src:url("../fonts/a.woff2") format("woff2")}' in text
    assert "sourceMappingURL" not in text


def test_another_archive_than_the_pinned_is_refused(sample: Package, tmp_path: Path) -> None:
    other = replace(sample, integrity="sha512-AAAA")
    with pytest.raises(FetchError, match="was expected"):
        fetch(other, tmp_path / "sample", print)
    assert not (tmp_path / "sample").exists()


@pytest.mark.parametrize("address", ["https://fonts.example/a.woff2", "//fonts.example/a", "../img/missing.svg"])
def test_an_address_that_is_not_beside_it_is_refused(sample: Package, tmp_path: Path, address: str) -> None:
    changed = FILES | {"css/a.css": STYLES + f".x{{background:url({address})}}"}
    _, integrity = archive(tmp_path, changed)
    with pytest.raises(FetchError, match="not among the fetched files"):
        fetch(replace(sample, integrity=integrity), tmp_path / "sample", print)
    assert not (tmp_path / "sample").exists()


def test_a_new_version_takes_the_place_of_the_old(sample: Package, tmp_path: Path) -> None:
    target = tmp_path / "sample"
    fetch(sample, target, print)
    (target / "left.txt").write_text("from the old one")
    assert fetch(replace(sample, version="1.0.1"), target, print) is True
    assert not (target / "left.txt").exists()


def test_a_copy_that_was_interrupted_is_made_again(sample: Package, tmp_path: Path) -> None:
    target = tmp_path / "sample"
    (target / "css").mkdir(parents=True)
    assert fetch(sample, target, print) is True
    assert (target / "css" / "a.css").is_file()


def test_a_registry_out_of_reach_is_one_sentence(tmp_path: Path) -> None:
    unreachable = {"npm_config_registry": "http://127.0.0.1:9", "npm_config_fetch_retries": "0", "PIP_RETRIES": "0"}
    elsewhere = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    environment = os.environ | unreachable | elsewhere | {"KOEREKORT_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "sandbox.theme", "fetch"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert "Check that this machine can reach its package registry" in done.stderr
    assert "Traceback" not in done.stderr
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_dkfds_asks_no_other_host() -> None:
    fetch(DKFDS, dkfds_folder(), print)
    for stylesheet in dkfds_folder().rglob("*.css"):
        text = stylesheet.read_text()
        addresses = [address for address in ADDRESS.findall(text) if not address.startswith("data:")]
        assert len(addresses) > 50
        for address in addresses:
            assert (stylesheet.parent / address).resolve().is_file()
        assert not re.search(r"@import|https?://(?!www\.w3\.org/)", text)
    assert (dkfds_folder() / "LICENSE.md").is_file()
    assert list(dkfds_folder().rglob("license.txt"))


def test_what_is_fetched_is_not_committed() -> None:
    checked = subprocess.run(
        ["git", "check-ignore", "-q", "var/theme/voila"], cwd=paths.ROOT, capture_output=True, check=False
    )
    assert checked.returncode == 0


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_the_template_asks_no_other_host(path: Path) -> None:
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|[\"'(]//\w", text)


def test_every_text_is_there_and_used() -> None:
    text = "".join(path.read_text("utf-8") for path in SOURCES)
    asked = set(re.findall(r"""(?:\bt|da|en)\[["']([\w.]+)["']\]|kk\.text\("([\w.]+)"\)""", text))
    used = {first or second for first, second in asked} | {"steps.show", "steps.hide"}
    families = ("box.", "error.")  # asked for by a key that is put together
    known = set(theme.texts()["da"])
    assert used <= known
    assert {key for key in known if not key.startswith(families)} <= used


def test_an_article_has_plain_headings_and_keeps_the_authors_html() -> None:
    made = article('## En *titel*\n\n- punkt\n\n<details class="kk-sources"><summary>Kilder</summary></details>')
    assert "<h2>En <em>titel</em></h2>" in made
    assert "<li>punkt</li>" in made
    assert '<details class="kk-sources">' in made
    assert "¶" not in made


def colours() -> dict[str, str]:
    """Return the stylesheet's variables that are colours."""
    text = (theme.static(theme.SOURCE) / "koerekort.css").read_text()
    short = re.sub(r"#([0-9a-f])([0-9a-f])([0-9a-f])\b(?![0-9a-f])", r"#\1\1\2\2\3\3", text)
    return dict(re.findall(r"--kk-([\w-]+): (#[0-9a-f]{6});", short))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.1, 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "accent-dark", "ok", "warn", "bad"])
@pytest.mark.parametrize("paper", ["paper", "soft"])
def test_text_can_be_read(ink: str, paper: str) -> None:
    assert contrast(colours()[ink], colours()[paper]) >= 4.5


@pytest.mark.parametrize("name", ["ok", "warn", "bad", "accent"])
def test_text_can_be_read_on_its_own_soft_colour(name: str) -> None:
    assert contrast(colours()[name], colours()[f"{name}-soft"]) >= 4.5


@pytest.mark.parametrize("name", ["edge", "focus"])
def test_edges_and_focus_can_be_seen(name: str) -> None:
    assert contrast(colours()[name], colours()["paper"]) >= 3
    assert contrast(colours()[name], colours()["soft"]) >= 3
