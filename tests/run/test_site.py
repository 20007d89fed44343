"""The example site, built by the compiled program, against what its content says it must be."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

VOID = frozenset({"meta", "link", "img", "br", "hr"})
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
POSTS = {"bytes-not-words": "2026-02-28", "one-page-a-line": "2026-07-03", "leap-day": "2024-02-29"}

Build = Callable[[Path], subprocess.CompletedProcess[str]]


class Outline(HTMLParser):
    """Reads a page with another program's eyes: open tags must close, and links and text are collected."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.words: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:  # `<br />` comes in here as well
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.words[self.open[-1]] = self.words.get(self.open[-1], "") + data


def outline(page: Path) -> Outline:
    parser = Outline()
    parser.feed(page.read_text(encoding="utf-8"))
    parser.close()
    assert parser.open == []
    return parser


@pytest.fixture(scope="module")
def build(root: Path, cache: Path) -> Build:
    def run(site: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "qz.cli.main", "run", "-I", ".", "site.qz"]
        environment = os.environ | {"PYTHONPATH": str(root), "XDG_CACHE_HOME": str(cache)}
        return subprocess.run(
            command, cwd=site, env=environment, capture_output=True, text=True, timeout=300, check=False
        )

    return run


@pytest.fixture(scope="module")
def site(root: Path, build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    shutil.copytree(root / "examples" / "site", folder, ignore=shutil.ignore_patterns("public"))
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    log = done.stdout.splitlines()
    assert log[:2] == ["site posts: 3", "site pages: 6"]
    assert log[-1] == "build complete"
    return folder


def test_every_route_is_a_well_formed_page(site: Path) -> None:
    rows = (site / "content" / "routes.txt").read_text(encoding="utf-8").splitlines()
    paths = [row.split("|")[0].strip() for row in rows if row and not row.startswith("#")]
    pages = {page.parent.relative_to(site / "public") for page in site.glob("public/**/index.html")}
    assert pages == {Path(path.strip("/")) for path in paths}
    for page in site.glob("public/**/index.html"):
        assert {link for link in outline(page).links if link.startswith("/")} <= set(paths)


def test_titles_are_escaped_where_they_are_put(site: Path) -> None:
    page = site / "public" / "about" / "index.html"
    assert outline(page).words["title"] == "About & around · Quartz"
    text = page.read_text(encoding="utf-8")
    assert '<meta name="description" content="How &lt;this&gt; site is made">' in text


def test_content_is_not_taken_for_a_template(site: Path) -> None:
    text = (site / "public" / "about" / "index.html").read_text(encoding="utf-8")
    assert "<code>{{name}}</code> stands for a value." in text
    assert "so {{title}} stays as it is here." in text
    assert "{{" not in (site / "public" / "index.html").read_text(encoding="utf-8")


def test_code_is_escaped_and_says_its_language(site: Path) -> None:
    source = (site / "content" / "pages" / "strings.md").read_text(encoding="utf-8")
    code = source.split("```quartz\n")[1].split("```\n")[0]
    text = (site / "public" / "reference" / "strings" / "index.html").read_text(encoding="utf-8")
    assert f'<pre><code class="language-quartz">{html.escape(code)}</code></pre>\n' in text


@pytest.mark.parametrize("name", POSTS)
def test_posts_show_their_date_in_words(site: Path, name: str) -> None:
    day = date.fromisoformat(POSTS[name])
    text = (site / "public" / "posts" / name / "index.html").read_text(encoding="utf-8")
    assert f'<p class="date">{day:%A}, {day.day} {day:%B} {day.year}</p>' in text


def test_posts_are_listed_and_chained_newest_first(site: Path) -> None:
    order = [f"/posts/{name}/" for name in sorted(POSTS, key=POSTS.__getitem__, reverse=True)]
    index = outline(site / "public" / "index.html")
    assert [link for link in index.links if link.startswith("/posts/")] == order
    for place, path in enumerate(order):
        page = outline(site / "public" / path.strip("/") / "index.html")
        neighbours = [*order[place + 1 : place + 2], *order[max(place - 1, 0) : place]]
        assert [link for link in page.links if link.startswith("/posts/")] == neighbours


def test_reference_links_work_in_a_post(site: Path) -> None:
    text = (site / "public" / "posts" / "one-page-a-line" / "index.html").read_text(encoding="utf-8")
    assert '<p>A table can be <em>read</em>. <a href="/about/" title="how it is made">The table</a>' in text


def test_the_sitemap_names_every_page(site: Path) -> None:
    urls = ET.parse(site / "public" / "sitemap.xml").getroot().findall(f"{SITEMAP}url")
    found = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in urls}
    base = "https://quartz.example"
    pages = dict.fromkeys((f"{base}/", f"{base}/about/", f"{base}/reference/strings/"))
    assert found == pages | {f"{base}/posts/{name}/": day for name, day in POSTS.items()}


@pytest.mark.parametrize(
    ("front_matter", "message"),
    [
        ("title: x\n", "front matter must begin with ---"),
        ("---\ntitle: x\n", "front matter has no closing ---"),
        ("---\ntitle x\n---\n", "front matter line 2 is not key: value"),
        ("---\ntitle: x\ndate: 2026-01-01\n---\n", "front matter lacks summary"),
        ("---\ntitle: x\ndate: 2025-02-29\nsummary: y\n---\n", "no such date: 2025-02-29"),
        ("---\ntitle: x\ndate: 1900-02-29\nsummary: y\n---\n", "no such date: 1900-02-29"),
    ],
)
def test_a_bad_post_fails_the_build_and_spares_the_rest(
    site: Path, build: Build, tmp_path: Path, front_matter: str, message: str
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("public"))
    (folder / "content" / "posts" / "leap-day.md").write_text(front_matter, encoding="utf-8")
    done = build(folder)
    assert done.returncode == 1
    assert f"error: posts/leap-day.md: {message}" in done.stdout.splitlines()
    assert "site posts: 2" in done.stdout.splitlines()
    assert (folder / "public" / "about" / "index.html").exists()


def test_a_broken_row_of_the_table_fails_the_build(site: Path, build: Build, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("public"))
    table = folder / "content" / "routes.txt"
    table.write_text(table.read_text(encoding="utf-8") + "/x/ | page | pages/about.md\n", encoding="utf-8")
    done = build(folder)
    assert done.returncode == 1
    assert "error: content/routes.txt:8: five fields expected, got 3" in done.stdout.splitlines()
