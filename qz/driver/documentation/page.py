"""Documentation for a browser: one page with all modules, which needs nothing but itself."""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from qz.driver.documentation.gathering import Documented, Entry
from qz.driver.documentation.text import taken_over

_CODE = "    "
_TEMPLATE = Path(__file__).with_name("page.html")
_TITLE, _INDEX, _MODULES = "<!-- title -->", "<!-- index -->", "<!-- modules -->"


def page(modules: Iterable[Documented], title: str) -> str:
    """The page of some modules."""
    index: list[str] = []
    sections: list[str] = []
    for module in modules:
        index.append(f'<a class="module" href="#{escape(module.name)}">{escape(module.name)}</a>\n')
        sections.append(_section(module))
    template = _TEMPLATE.read_text(encoding="utf-8")
    template = template.replace(_TITLE, escape(title)).replace(_INDEX, "".join(index))
    return template.replace(_MODULES, "".join(sections))


def _section(module: Documented) -> str:
    name = escape(module.name)
    inner = "".join(_entry(entry, module.name) for entry in module.entries)
    return f'<section id="{name}">\n<h2>{name}</h2>\n{_words(module.words)}{inner}</section>\n'


def _entry(entry: Entry, place: str) -> str:
    """An entry with what it holds; it can be linked to as `std/vec::push`."""
    anchor = f' id="{escape(f"{place}::{entry.name}")}"' if entry.name else ""
    taken = f"<p>{_marked(taken_over(entry))}</p>\n" if entry.taken else ""
    inner = "".join(_entry(one, place) for one in entry.inner)
    code = f"<pre><code>{escape(entry.code)}</code></pre>\n"
    words = f"{_words(entry.words)}{taken}"
    return f'<article{anchor} data-name="{escape(entry.name)}">{code}{words}{inner}</article>\n'


def _words(words: list[str]) -> str:
    """Lines that belong together as a paragraph; those that are indented by four, as code."""
    html: list[str] = []
    for is_code, lines in groupby(words, lambda line: line.startswith(_CODE) if line else None):
        if is_code:
            text = "\n".join(line.removeprefix(_CODE) for line in lines)
            html.append(f'<pre class="example"><code>{escape(text)}</code></pre>\n')
        elif is_code is not None:
            html.append(f"<p>{_marked(' '.join(lines))}</p>\n")
    return "".join(html)


def _marked(text: str) -> str:
    """Text in which what stands between backquotes is code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
