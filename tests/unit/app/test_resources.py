import pytest

from readinglist.app.resources import folder, read_text, resource
from readinglist.domain.errors import EnvironmentFault


def test_the_programs_files_are_found() -> None:
    assert resource("themes").is_dir()
    assert resource("themes/light.toml").parent == folder() / "themes"
    assert "=" in read_text("themes/light.toml")


def test_a_missing_file_means_a_damaged_installation() -> None:
    with pytest.raises(EnvironmentFault, match=r"missing \(themes/pink\.toml\)\. Install"):
        read_text("themes/pink.toml")
