"""Pages that say no although the server answered 200: proofs of humanity and pleas for patience."""

import re

from readinglist.domain.errors import EnvironmentFault

_HEAD_BYTES = 20_000  # these pages are short; a listing that mentions the words deep inside is a listing
_SHORT_BYTES = 200

# Source: arXiv's page "Automated Access Detected" and its plain text "Rate exceeded." (2024 to 2026); Cloudflare's
# interstitial "Just a moment..." (2023).
_ROBOT_TITLE = re.compile(
    rb"<title>[^<]*(automated access detected|just a moment|are you a robot|verify you are human|attention required)",
    re.IGNORECASE,
)
_PATIENCE = re.compile(rb"\s*rate exceeded", re.IGNORECASE)


def check_refusal(content: bytes, host: str) -> None:
    """Look for a refusal in what a server sent as if it were the answer.

    Raises:
        EnvironmentFault: It is one.
    """
    if len(content) <= _SHORT_BYTES and _PATIENCE.match(content):
        message = f"{host} asks for a pause: too many requests. Try again in a few minutes."
        raise EnvironmentFault(message, is_retryable=True)
    if _ROBOT_TITLE.search(content[:_HEAD_BYTES]):
        message = (
            f"{host} wants a proof that a person is asking. Open the page in the browser, save it and drop the file."
        )
        raise EnvironmentFault(message, is_retryable=True)
