"""Text of a source made fit to keep: no markup, no entities, no control characters, spaces in order."""

import html
import re

from readinglist.importers.tex import render_tex

BREAK = re.compile(r"<(?:br|/p|/div|/li|/title|/jats:p|/jats:title)\b[^<>]{0,200}>|\n\s*\n", re.IGNORECASE)
MARKUP = re.compile(r"</?[A-Za-z][\w:-]{0,30}(?:\s[^<>]{0,500})?/?>")
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")  # and halves of characters
SPACE = re.compile(r"\s+")


def one_line(text: object) -> str:
    r"""Return a text on one line; nothing for what is no text.

    >>> one_line("Frames\n of  Thought")
    'Frames of Thought'
    """
    return SPACE.sub(" ", INVISIBLE.sub("", text)).strip() if isinstance(text, str) else ""


def paragraphs(text: object) -> str:
    r"""Return a text whose paragraphs are separated by one newline; line breaks inside a sentence are no paragraphs.

    >>> paragraphs("One\nsentence.\n\n  Another.")
    'One sentence.\nAnother.'
    """
    if not isinstance(text, str):
        return ""
    return "\n".join(filter(None, (one_line(part) for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")))))


def from_markup(text: object) -> str:
    """Return the words of a piece of HTML or JATS, paragraphs separated by one newline.

    >>> from_markup("<p>CO<sub>2</sub> &amp; more</p>")
    'CO2 & more'
    """
    if not isinstance(text, str):
        return ""
    return paragraphs(html.unescape(MARKUP.sub("", BREAK.sub("\n\n", text))))


def shown(text: str) -> tuple[str, str]:
    """Return a text as Unicode, and as it stood where that differs."""
    unicode = render_tex(text)
    return unicode, text if unicode != text else ""
