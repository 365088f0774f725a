"""Actions on the map of papers."""

from readinglist.ui.actions.spec import ActionSpec, Context, Menu, is_map

GROUP = 3  # of the View menu


def _map(action_id: str, text: str, icon: str, tooltip: str, *keys: str) -> ActionSpec:
    return ActionSpec(
        id=action_id,
        text=text,
        icon=icon,
        menu=Menu.VIEW,
        tooltip=tooltip,
        keys=keys,
        is_enabled=is_map,
        context=Context.MAP,
        group=GROUP,
    )


MAP_ACTIONS = (
    _map("map-zoom-in", "Map: nearer", "zoom-in", "Show less of the map, and that larger.", "+", "="),
    _map("map-zoom-out", "Map: further away", "zoom-out", "Show more of the map, and that smaller.", "-"),
    _map("map-fit", "Map: all papers", "fit-page", "Show the whole map.", "0"),
    _map(
        "map-fit-chosen",
        "Map: chosen papers",
        "select",
        "Show the chosen papers as large as they fit; while one is chosen, all that are in the list.",
        "Z",
    ),
    _map("map-lasso", "Map: choose with a lasso", "lasso", "Draw a line around papers to choose them.", "G"),
    _map("map-arrange", "Map: arrange anew", "refresh", "Give every paper a new place, near to where it lies now."),
)
