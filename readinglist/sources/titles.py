"""Titles as questions: the words of a title without anything that a search would take for its own language."""

import re

LONGEST = 200  # characters; the beginning of a title is telling enough, and addresses must not grow too long

_MARKUP = re.compile(r"<[^<>]{1,40}>|\$|\\[A-Za-z]+|[{}]")
_NO_WORD = re.compile(r"[\W_]+")


def question(title: str) -> str:
    r"""Return the words of a title, as many as fit.

    >>> question('On "NOT (A)": a $\\alpha$-<i>test</i>?')
    'On NOT A a test'
    """
    words = _NO_WORD.sub(" ", _MARKUP.sub(" ", title)).split()
    while words[1:] and len(" ".join(words)) > LONGEST:
        words.pop()
    return " ".join(words)[:LONGEST]
