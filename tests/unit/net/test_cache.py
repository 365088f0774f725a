from pathlib import Path

import pytest

from readinglist.net.cache import AnswerCache, CachedAnswer

ADDRESS = "https://example.org/feed"


def answer(content: bytes = b"text", etag: str = '"1"') -> CachedAnswer:
    return CachedAnswer(content=content, address=ADDRESS, media_type="text/xml", etag=etag, last_modified="Thu")


def test_what_was_saved_is_found_whole(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "http")
    saved = answer(b"first line\nsecond\n\x00\xff")
    cache.save(ADDRESS, saved)
    assert cache.find(ADDRESS) == saved


def test_the_same_address_asked_for_in_another_form_is_another_answer(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.save(ADDRESS, answer(), accept="application/json")
    assert cache.find(ADDRESS) is None


def test_an_answer_without_a_validator_is_not_kept(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.save(ADDRESS, CachedAnswer(content=b"x", address=ADDRESS))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [b"", b"{}\nx", b"[1]\nx", b"not json\nx", b"null\n"])
def test_a_damaged_file_counts_as_missing_and_goes(tmp_path: Path, damage: bytes) -> None:
    cache = AnswerCache(tmp_path)
    cache.save(ADDRESS, answer())
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert cache.find(ADDRESS) is None
    assert not file.exists()


def test_a_changed_body_is_noticed(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.save(ADDRESS, answer())
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.find(ADDRESS) is None


def test_the_folder_stays_below_its_limit_and_keeps_the_newest(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path, largest_total_bytes=2500)
    for number in range(5):
        cache.save(f"{ADDRESS}/{number}", answer(b"x" * 800))
    assert cache.find(f"{ADDRESS}/4") is not None
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 2500


def test_a_folder_that_cannot_be_made_costs_only_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = AnswerCache(tmp_path / "file" / "http")
    cache.save(ADDRESS, answer())
    assert cache.find(ADDRESS) is None
