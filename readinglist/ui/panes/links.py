"""Where a paper can be found on the web or on this disk, and how to go there."""

from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from readinglist.domain.paper import Paper

WEB = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Link:
    """One way to a paper.

    Attributes:
        icon: Name for `theme.icon`.
        address: Web address, or the path of a file if `is_file`.
    """

    label: str
    icon: str
    address: str
    is_file: bool = False


def links_of(paper: Paper) -> tuple[Link, ...]:
    """Return the ways to a paper, the paper itself first; addresses that are none of the web are left out."""
    found: list[Link] = []
    if paper.pdf:
        found.append(Link("PDF", "pdf", paper.pdf, is_file=True))
    elif paper.pdf_url:
        found.append(Link("PDF", "pdf", paper.pdf_url))
    arxiv, doi = paper.identifier("arxiv"), paper.identifier("doi")
    if arxiv:
        found.append(Link("arXiv", "link", f"https://arxiv.org/abs/{arxiv}"))
    if doi:
        found.append(Link("DOI", "link", f"https://doi.org/{doi}"))
    if arxiv and any(mention.source == "huggingface" for mention in paper.mentions):
        found.append(Link("Hugging Face", "link", f"https://huggingface.co/papers/{arxiv}"))
    if paper.code_url:
        found.append(Link("Code", "code", paper.code_url))
    known = {link.address for link in found}
    if paper.url and paper.url not in known:
        found.append(Link("Page", "globe", paper.url))
    return tuple(link for link in found if link.is_file or is_web_address(link.address))


def is_web_address(address: str) -> bool:
    """Tell whether an address leads to the web, and nowhere else."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme().lower() in WEB and bool(url.host())


def open_link(link: Link) -> bool:
    """Open a link outside the program.

    Returns:
        Whether the system had something to open it with.
    """
    if link.is_file:
        return QDesktopServices.openUrl(QUrl.fromLocalFile(link.address))
    return is_web_address(link.address) and QDesktopServices.openUrl(QUrl(link.address))
