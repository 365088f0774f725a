"""What two papers or more share, and what of it is named."""

from readinglist.recommend.described import Described, Rarity
from readinglist.recommend.sharing import Company, shared_terms

CHAIN = "A chain of thought is long. We follow every chain of thought, and a thought of a chain of thought."


def test_a_name_with_an_of_in_it_is_named_once_and_whole() -> None:
    one, other = Described("Faithful chain of thought", CHAIN), Described("Long chains of thought", CHAIN)
    assert shared_terms(one, [other], Rarity({}, 1000), 3) == ["chain of thought"]


def test_of_one_paper_a_plain_word_is_named_that_one_is_about_and_the_other_comes_back_to() -> None:
    usual = Rarity({"gait": 200}, 10_000)
    about, again = Described("A gait", "It has a gait."), Described("Dogs", "Gait for all. We see a gait.")
    passing = Described("Dogs", "We see a gait.")
    assert shared_terms(about, [again], usual, 3) == ["gait"]
    assert shared_terms(again, [about], usual, 3) == ["gait"]
    assert shared_terms(about, [passing], usual, 3) == []


def test_a_plain_word_that_many_papers_have_is_named_where_nearly_all_of_the_neighbours_have_it() -> None:
    usual = Rarity({"gait": 600}, 10_000)
    paper, other = Described("A gait", "It has a gait."), Described("The gait", "We see a gait.")
    assert shared_terms(paper, [other], usual, 3) == []
    near = Company.of(paper, [other] * 10)
    assert shared_terms(paper, [other], usual, 3, near) == ["gait"]
    far = Company.of(paper, [other, *[Described("Dogs", "")] * 9])
    assert shared_terms(paper, [other], usual, 3, far) == []


def test_a_pair_said_once_is_named_where_most_of_the_neighbours_say_it() -> None:
    usual = Rarity({"draft": 300, "models": 5000}, 10_000)
    paper, other = Described("Of drafts", "We use draft models."), Described("Dogs", "Cats have draft models.")
    assert shared_terms(paper, [other], usual, 3) == []
    near = Company.of(paper, [other] * 10)
    assert shared_terms(paper, [other], usual, 3, near) == ["draft models"]


def test_half_of_a_compound_is_not_named_though_others_have_the_word() -> None:
    paper = Described("On-device gait", "It runs on-device, for on-device use.")
    other = Described("A device", "The device is a device.")
    assert shared_terms(paper, [other], Rarity({}, 1000), 3) == []
    tuned = Described("LoRA-tuned gait", "LoRA-tuned networks are LoRA-tuned.")
    assert shared_terms(tuned, [Described("On LoRA", "LoRA is LoRA.")], Rarity({}, 1000), 3) == ["LoRA"]


def test_what_a_text_of_the_reader_says_is_what_was_asked_for() -> None:
    usual, other = Rarity({"gait": 150}, 1000), Described("On the gait of dogs", "")
    assert shared_terms(Described.of_text("gait"), [other], usual, 3) == ["gait"]


def test_words_that_nearly_all_share_are_named_though_they_stand_before_others_only() -> None:
    others = [Described(f"Time series {thing}", "") for thing in ("noise", "music", "fields", "optics", "gravity")]
    paper, known = Described("Time series studies", ""), Rarity({"time": 5000, "series": 400}, 10_000)
    assert shared_terms(paper, others[:1], known, 3, Company.of(paper, others)) == ["time series"]
    assert shared_terms(paper, others[:1], known, 3, Company.of(paper, others[:2])) == []


def test_a_small_company_counts_as_a_larger_one() -> None:
    paper = Described("Gait", "")
    assert Company.of(paper, [paper]).share(("gait",)) == 0.2
    assert Company.of(paper, [paper] * 10).share(("gait",)) == 1.0


def test_a_rare_word_that_papers_come_back_to_is_named_where_they_share_nothing_else() -> None:
    rare = Rarity({"gait": 45, "barking": 300, "dogs": 4000, "cats": 4000}, 10_000)
    paper = Described("Of dogs", "Their gait is a gait.")
    others = [Described("Of cats", "A gait, and again a gait."), Described("Of birds", "")]
    assert shared_terms(paper, others, rare, 3) == ["gait"]
    assert shared_terms(paper, [Described("Of cats", "It has a gait."), others[1]], rare, 3) == []
    usual = Rarity({"gait": 60}, 10_000)
    assert shared_terms(paper, others, usual, 3) == []
    barking = [Described(f"{one.title} barking", f"{one.abstract} Barking.") for one in (paper, *others)]
    assert shared_terms(barking[0], barking[1:], rare, 3) == ["barking"]


def test_two_letters_are_not_named_beside_the_word_that_they_begin() -> None:
    paper = Described("Identity and ID", "An identity has an ID.")
    assert shared_terms(paper, [Described("ID and identity", "")], Rarity({}, 1000), 3) == ["identity"]
