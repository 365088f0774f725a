"""Words that more than one part of the program says to the reader."""


def count_text(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun in the right form.

    >>> count_text(1, "paper"), count_text(1200, "paper"), count_text(0, "reply", "replies")
    ('1 paper', '1,200 papers', '0 replies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
