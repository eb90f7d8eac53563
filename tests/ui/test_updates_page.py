# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The page of updates: what each costs and brings, and how old the list is."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from connection_client.domain.catalogue import InstallRecipe, Severity
from connection_client.domain.installed import OWN_PRODUCT
from connection_client.domain.recommendations import Blocker, Reason, Recommendation
from connection_client.ui.expected import facts, size_and_time
from connection_client.ui.pages.updates import UpdatesPage
from connection_client.ui.screenshots import settle
from connection_client.ui.widgets.row import Row as RowWidget
from connection_client.ui.words import from_to
from connection_client.workspace.view import View
from tests.ui.conftest import Show, named
from tests.ui.test_places import texts
from tests.ui.updates_page import box_of, opened, updatable
from tests.world.sample_products import (
    DRAWING,
    SURVEY,
    TERRAIN,
    installed,
    product,
    recommended,
)


def with_recipe(wanted: Recommendation, recipe: InstallRecipe) -> Recommendation:
    package = replace(wanted.package, install=recipe)
    return replace(wanted, package=package, chain=(package,))


def order(page: UpdatesPage) -> list[str]:
    rows = [row for row in page.list.findChildren(RowWidget) if row.isVisible() and row.face]
    return [row.face.name for row in sorted(rows, key=lambda row: row.y()) if row.face]


# ---- What it costs and brings -------------------------------------------------------------------------
def test_what_cannot_wait_comes_first_with_a_shape_and_a_word(show: Show) -> None:
    shown, page = opened(show, updatable(reason=Reason.SECURITY))
    assert order(page) == [DRAWING.name, SURVEY.name, TERRAIN.name]
    face = shown.row(DRAWING.name).face
    assert face is not None
    assert (face.icon, face.state) == ("warning", "Important, 148 MB")
    assert face.version == from_to("10.1.0.3", "10.2.0.7")
    assert face.facts == "Closes a security gap, needs administrator rights"
    plain = shown.row(SURVEY.name).face
    assert plain is not None
    assert (plain.icon, plain.state) == ("update", "312 MB")
    page.all.click()
    shown.until(lambda: shown.desk.operations.under_way != ())
    assert shown.desk.operations.under_way[0].product_id == "drawing-viewer"


def test_the_time_is_told_where_something_was_measured(show: Show) -> None:
    shown, page = opened(show, pace=4_000_000)
    assert shown.state(SURVEY.name) == "312 MB in about 1\u00a0min"
    assert shown.state(TERRAIN.name) == "611 MB in about 3\u00a0min"
    assert page.summary.text() == "2 updates, 923 MB in all, about 4\u00a0min"
    box_of(shown, SURVEY.name).click()
    assert page.summary.text() == "1 of 2 selected, 611 MB in about 3\u00a0min"


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (0.0, "90 MB"),
        (90e6, "90 MB in about 1\u00a0s"),
        (2e6, "90 MB in about 45\u00a0s"),
        (25_200, "90 MB in about 1\u00a0hour"),
        (10_000, "90 MB in about 2\u00a0hours"),
    ],
)
def test_sizes_and_times_in_words(pace: float, words: str) -> None:
    assert size_and_time(90_000_000, pace) == words


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (InstallRecipe("appimage", elevation="never"), ""),
        (InstallRecipe("deb"), "Needs administrator rights"),
        (InstallRecipe("exe", elevation="never", exit_codes={0: "reboot-required"}), "Restarts the computer"),
        (
            InstallRecipe("msi", exit_codes={3010: "reboot-required", 0: "ok"}),
            "Needs administrator rights, may restart the computer",
        ),
    ],
)
def test_rights_and_restarts_are_told_where_the_catalogue_knows(recipe: InstallRecipe, words: str) -> None:
    before = installed("survey-viewer", "10.1.0.12")
    assert facts(with_recipe(recommended(SURVEY, before), recipe)) == words


def test_the_client_itself_says_that_it_starts_anew() -> None:
    own = product(OWN_PRODUCT, "CONNECTION Client", "1.2.0", 60_000_000, "", Severity.OPTIONAL)
    wanted = with_recipe(recommended(own, None), InstallRecipe("deb"))
    assert facts(wanted) == "Needs administrator rights, restarts CONNECTION Client"


def test_what_is_in_the_way_and_can_be_decided_is_told_once() -> None:
    before = installed("survey-viewer", "10.1.0.12")
    wanted = recommended(SURVEY, before, Blocker.NEEDS_RIGHTS, Blocker.METERED)
    assert facts(wanted) == "Needs administrator rights, waits for a network without a meter"


def test_a_screen_reader_hears_what_the_row_shows_and_the_news_are_one_line(show: Show) -> None:
    shown, _page = opened(show)
    row = shown.row(SURVEY.name)
    assert row.head.accessibleDescription() == (
        f"{from_to('10.1.0.12', '10.2.0.7')}  ·  312 MB. Needs administrator rights. "
        + SURVEY.releases[0].notes_summary
    )
    short = shown.row(TERRAIN.name)
    assert row.height() == short.height()


def test_the_other_page_has_no_boxes_and_no_notes(show: Show) -> None:
    shown, _page = opened(show)
    shown.window.show_place("applications")
    settle()
    row = shown.row(SURVEY.name)
    assert not row.check.isVisible()
    assert row.head.accessibleDescription() == "10.1.0.12  ·  Update 10.2.0.7 available, 312 MB"


# ---- How old it is --------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", ["updates", "applications"])
def test_the_age_of_the_list_stands_at_the_foot_with_a_button_to_check_again(show: Show, place: str) -> None:
    shown, _page = opened(show)
    shown.window.show_place(place)
    settle()
    page = shown.window.pages.currentWidget()
    assert any(text.startswith("Last checked: today ") for text in texts(shown))
    button = named(page, "Check for updates")
    assert isinstance(button, QPushButton)
    looks: list[bool] = []
    refresh = shown.world.workspace.refresh

    def looking(manual: bool = False) -> View:  # noqa: FBT001, FBT002  # as the real one
        looks.append(manual)
        return refresh(manual)

    shown.world.workspace.refresh = looking  # type: ignore[method-assign]
    button.click()
    assert "Checking for updates" in texts(shown)
    assert not button.isEnabled()
    shown.until(button.isEnabled)
    assert looks == [True]
