"""HTML and SVG that are well-formed XML, and in which everything that is not markup is escaped."""

from collections.abc import Iterable
from html import escape
from typing import Any

from checker.errors import printable

SHOWN = 300
"""Longer texts than this are cut in the page, saying how long they are."""
_NEVER_EMPTY = ("p", "td", "th", "div", "span", "section", "figcaption", "code", "dd", "dt", "h1", "h2", "h3")


class Markup(str):
    """HTML; every other text is somebody else's."""


def tag(name: str, /, *content: str | Iterable[Any], **attributes: Any) -> Markup:
    """An element; class_ is the attribute class, and an underscore between letters is a hyphen."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    start = name + "".join(f' {key}="{text(str(value))}"' for key, value in named.items())
    inside = joined(content)
    return Markup(f"<{start}>{inside}</{name}>" if inside or name in _NEVER_EMPTY else f"<{start}/>")


def joined(content: Iterable[Any]) -> Markup:
    """Parts one behind the other, nested as they may be."""
    return Markup("".join(text(part) if isinstance(part, str) else joined(part) for part in content))


def text(content: str) -> Markup:
    """What shows this text, whatever it is; markup as it is."""
    return content if isinstance(content, Markup) else Markup(escape(printable(content)))


def shortened(content: str, limit: int = SHOWN) -> str:
    """The text, or its beginning with its length."""
    return content if len(content) <= limit else f"{content[:limit]}... ({len(content)} characters)"


def svg(
    identity: str,
    title: str,
    description: str,
    size: tuple[int, int],
    *content: str | Iterable[Any],
    kind: str = "grid",
) -> Markup:
    """A drawing of this size, with the text that stands for it where it cannot be seen."""
    names = f"{identity}-title", f"{identity}-text"
    return tag(
        "svg",
        tag("title", title, id=names[0]),
        tag("desc", description, id=names[1]),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        class_=kind,
        aria_labelledby=" ".join(names),
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
    )
