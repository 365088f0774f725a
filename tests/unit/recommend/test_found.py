"""Where a search found its words."""

from readinglist.recommend.found import found_reasons
from tests.helpers.papers import make_paper


def test_each_place_is_named_with_its_words_the_title_first() -> None:
    paper = make_paper(title="Sparse Attention", abstract="For vidéo only.", authors=("Ada Lovelace",), note="mine")
    assert found_reasons(["lovelace", "video", "atten", "sparse"], paper) == (
        "“atten”, “sparse” in the title",
        "“video” in the abstract",
        "“lovelace” in the authors",
    )


def test_phrases_tags_and_notes_are_found() -> None:
    paper = make_paper(title="Large language models", tags=("to discuss",), note="Worth it")
    assert found_reasons(["language models"], paper) == ("“language models” in the title",)
    assert found_reasons(["discuss", "worth"], paper) == ("“discuss” in the tags", "“worth” in the note")


def test_a_query_without_words_still_has_a_reason() -> None:
    assert found_reasons([], make_paper()) == ("Fits the query",)
    assert found_reasons(["∞"], make_paper()) == ("Fits the query",)


def test_a_word_inside_another_is_not_found() -> None:
    assert found_reasons(["parse"], make_paper(title="Sparse", abstract="")) == ("Fits the query",)
