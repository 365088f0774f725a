"""Actions on what For you recommends."""

from readinglist.ui.actions.spec import (
    ActionSpec,
    Context,
    Menu,
    has_kept_papers,
    has_one_paper,
    is_among_like,
)


def _paper(action_id: str, text: str, icon: str, tooltip: str, key: str) -> ActionSpec:
    return ActionSpec(
        id=action_id,
        text=text,
        icon=icon,
        tooltip=tooltip,
        menu=Menu.PAPER,
        keys=(key,),
        is_enabled=has_kept_papers,
        context=Context.LIST,
        group=5,
    )


RECOMMENDING_ACTIONS = (
    ActionSpec(
        "for-you",
        "For you",
        "for-you",
        Menu.VIEW,
        "Show the unread papers that you may like most.",
        keys=("F",),
        context=Context.LIST,
        group=3,
        in_palette=False,  # it is there as a list
    ),
    ActionSpec(
        "for-you-latest",
        "For you: the last import",
        "for-you",
        Menu.VIEW,
        "Show what came in last, with the papers first that you may like most.",
        keys=("Shift+F",),
        context=Context.LIST,
        group=3,
    ),
    _paper("more-like", "More like this", "more", "Recommend more papers like it; again takes that back.", "M"),
    _paper("less-like", "Less like this", "less", "Recommend fewer papers like it; again takes that back.", "L"),
    _paper("hide", "Hide from For you", "hide", "Do not recommend this paper; again takes that back.", "H"),
    _paper("recommend-like", "Recommend from these papers", "similar", "Show unread papers like the chosen ones.", "R"),
    ActionSpec(
        "recommend-unlike",
        "Recommend nothing like these",
        "less",
        Menu.PAPER,
        "Keep papers like the chosen ones out of this list of recommendations.",
        keys=("Shift+R",),
        is_enabled=is_among_like,
        context=Context.LIST,
        group=5,
    ),
    ActionSpec(
        "why-not",
        "Why not this one?",
        "help",
        Menu.PAPER,
        "Say where it stands in For you, what its score is made of, or why it is left out.",
        keys=("W",),
        is_enabled=has_one_paper,
        context=Context.LIST,
        group=5,
    ),
    ActionSpec(
        "accept-tag",
        "Add the suggested tag",
        "tag",
        Menu.PAPER,
        "Give the chosen papers the first of the tags that are suggested for them.",
        keys=("A",),
        is_enabled=has_kept_papers,
        context=Context.LIST,
        group=5,
    ),
    ActionSpec(
        "refuse-tag",
        "Refuse the suggested tag",
        "close",
        Menu.PAPER,
        "Suggest the first of the suggested tags no more for the chosen papers.",
        keys=("Shift+A",),
        is_enabled=has_kept_papers,
        context=Context.LIST,
        group=5,
    ),
)
