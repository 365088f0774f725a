"""Links that open a paper in this program, as exports of annotations write them."""

SCHEME = "readinglist"


def is_paper_address(text: str) -> bool:
    """Say whether a text is a link to a paper.

    >>> is_paper_address("readinglist://paper/12?page=3"), is_paper_address("paper.pdf")
    (True, False)
    """
    return text.startswith(f"{SCHEME}:")
