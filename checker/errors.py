"""The one way to say that an input cannot be used."""


class InputError(Exception):
    """An input is malformed or inconsistent: one line naming the file, the place in it and the reason."""

    def __init__(self, source: str, place: str, reason: str) -> None:
        self.source, self.place, self.reason = source, place, reason
        super().__init__(": ".join(part for part in (source, place, reason) if part))


def quoted(text: str, limit: int = 60) -> str:
    """A printable, one-line, shortened form of a piece of somebody else's text."""
    shown = text if len(text) <= limit else text[:limit] + "..."
    return ascii(shown) + ("" if len(text) <= limit else f" ({len(text)} characters)")


def printable(text: str) -> str:
    """text on one line, with a question mark for every character that a terminal would not show."""
    return "".join(c if c.isprintable() else "?" for c in " ".join(text.splitlines()))
