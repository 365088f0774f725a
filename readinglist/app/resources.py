"""Where the program's own files lie: in the repository, or inside the package once installed or frozen."""

from functools import cache
from pathlib import Path

from readinglist.domain.errors import EnvironmentFault


@cache
def folder() -> Path:
    """Return the folder of themes, icons and help."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of a file that comes with the program, such as `themes/light.toml`.

    Raises:
        EnvironmentFault: It is not there: the installation is damaged.
    """
    path = folder() / name
    if not path.exists():
        message = f"A part of the program is missing ({name}). Install Reading List again."
        raise EnvironmentFault(message, detail=str(path))
    return path


def read_text(name: str) -> str:
    """Read a file by its path below the folder."""
    return resource(name).read_text(encoding="utf-8")
