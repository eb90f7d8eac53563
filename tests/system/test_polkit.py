# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Somebody without rights installs, and the real polkit asks: by polkitd, pkexec and an agent of polkit's."""

import json
import os

import pytest

from tests.system.polkit_world import WELL, PolkitWorld, question, refused
from tests.world.polkit import ACTION, PASSWORD, PERSON, PolkitComputer
from tests.world.polkit_desk import outcome
from tests.world.waiting import wait_until


def test_the_policy_asks_for_an_administrator_wherever_somebody_sits(polkit_host: PolkitComputer) -> None:
    """Also from afar, as over SSH, where polkit knows of no session; an answer is kept at the desk alone."""
    lines = polkit_host.run("pkaction", "--verbose", "--action-id", ACTION).stdout.splitlines()

    known = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    assert known["implicit any"] == "auth_admin"
    assert known["implicit inactive"] == "auth_admin"
    assert known["implicit active"] == "auth_admin_keep"
    assert "/opt/connection-client/libexec/install-packages" in known["annotation"]


@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
def test_a_batch_is_installed_after_one_question_in_the_persons_language(
    polkit: PolkitWorld, language: str
) -> None:
    base = polkit.package("base")
    viewer = polkit.package("viewer", polkit.name("base"))

    with polkit.computer.on_desktop(base, viewer) as desk, desk.agent(LANG=f"{language}_XX.UTF-8") as agent:
        desk.begin()
        agent.expect("Password:")
        agent.type_hidden(f"{PASSWORD}\n")
        assert desk.ended() == WELL

        assert agent.seen.count("AUTHENTICATING FOR") == 1
        assert f"==== AUTHENTICATING FOR {ACTION} ====" in agent.seen
        assert question(language) in agent.seen
        assert "Authenticating as: An Administrator" in agent.seen
    assert [polkit.version(part) for part in ("base", "viewer")] == ["1.0", "1.0"]
    assert polkit.computer.run(polkit.name()).stdout == "1.0\n"


def test_a_wrong_password_changes_nothing(polkit: PolkitWorld) -> None:
    viewer = polkit.package()

    with polkit.computer.on_desktop(viewer) as desk, desk.agent() as agent:
        desk.begin()
        agent.expect("Password:")
        agent.type_hidden("wrong\n")

        assert desk.ended() == refused("needs-rights")
        agent.expect("AUTHENTICATION FAILED")
    polkit.assert_untouched(viewer)


def test_a_question_that_is_dismissed_changes_nothing(polkit: PolkitWorld) -> None:
    viewer = polkit.package()

    with polkit.computer.on_desktop(viewer) as desk, desk.dismissing_agent(LANG="fr_FR.UTF-8") as asked:
        desk.begin()

        assert desk.ended() == refused("needs-rights")
        assert json.loads(asked.readline()) == [ACTION, question("fr"), "connection-client"]
    polkit.assert_untouched(viewer)


def test_where_nobody_can_be_asked_the_client_says_what_to_do(polkit: PolkitWorld) -> None:
    viewer = polkit.package()

    with polkit.computer.on_desktop(viewer) as desk:
        desk.begin()

        assert desk.ended() == refused("nobody-to-ask")
    polkit.assert_untouched(viewer)


@pytest.mark.parametrize(("rule", "code", "version"), [("NO", "needs-rights", ""), ("YES", "", "1.0")])
def test_a_rule_of_the_administrator_answers_without_a_question(
    polkit: PolkitWorld, rule: str, code: str, version: str
) -> None:
    viewer = polkit.package()
    polkit.computer.say(rule)
    try:
        with polkit.computer.on_desktop(viewer) as desk:
            desk.begin()
            assert desk.ended()["code"] == code
    finally:
        polkit.computer.say("")

    assert polkit.version() == version


def test_where_an_answer_is_kept_it_is_kept_for_this_client_alone(polkit: PolkitWorld) -> None:
    """So it is at the desk; a rule says it here, where there are no sessions."""
    base, viewer, other = polkit.package("base"), polkit.package(), polkit.package("other")
    polkit.computer.say("AUTH_ADMIN_KEEP")
    try:
        with polkit.computer.on_desktop(base, viewer, when="one-by-one") as desk, desk.agent() as agent:
            desk.begin()
            agent.expect("Password:")
            agent.type_hidden(f"{PASSWORD}\n")
            wait_until(lambda: polkit.version("base") == "1.0", 60, "the first is not installed")
            with polkit.computer.on_desktop(other) as stranger:
                stranger.begin()
                assert stranger.ended() == refused("nobody-to-ask")
            desk.begin()
            assert desk.ended() == WELL
            assert agent.seen.count("AUTHENTICATING FOR") == 1
    finally:
        polkit.computer.say("")

    assert [polkit.version(part) for part in ("base", "viewer", "other")] == ["1.0", "1.0", ""]


def test_what_was_changed_while_the_question_stood_is_not_installed(polkit: PolkitWorld) -> None:
    viewer = polkit.package()

    with polkit.computer.on_desktop(viewer) as desk, desk.agent() as agent:
        desk.begin()
        agent.expect("Password:")
        with viewer.open("r+b") as changing:
            changing.seek(-1, os.SEEK_END)
            changing.write(b"x")
        agent.type_hidden(f"{PASSWORD}\n")

        assert desk.ended() == refused("package-changed", filename=viewer.name)
    polkit.assert_untouched(viewer)


def test_a_path_pointed_elsewhere_while_the_question_stood_has_no_effect(polkit: PolkitWorld) -> None:
    viewer, evil = polkit.package(), polkit.package("evil")

    with polkit.computer.on_desktop(viewer) as desk, desk.agent() as agent:
        desk.begin()
        agent.expect("Password:")
        evil.replace(viewer)
        agent.type_hidden(f"{PASSWORD}\n")

        assert desk.ended() == WELL
    assert polkit.version() == "1.0"
    assert polkit.version("evil") == ""


def test_a_shell_that_the_computer_does_not_list_is_no_obstacle(polkit: PolkitWorld) -> None:
    viewer = polkit.package()

    with polkit.computer.on_desktop(viewer, SHELL="/opt/shells/own") as desk, desk.agent() as agent:
        desk.begin()
        agent.expect("Password:")
        agent.type_hidden(f"{PASSWORD}\n")

        assert desk.ended() == WELL
    assert polkit.version() == "1.0"


def test_without_rights_the_program_that_installs_can_do_nothing(polkit: PolkitWorld) -> None:
    viewer = polkit.package()
    words, result = polkit.computer.begins(viewer)

    assert polkit.computer.run(*words, user=PERSON).returncode == 0

    assert outcome(result)["code"] == "nobody-to-ask"
    direct = ["/opt/connection-client/libexec/install-packages", "deb", "/", "0" * 64, "1", "/dev/null"]
    assert polkit.computer.run(*direct, user=PERSON).returncode != 0
    polkit.assert_untouched(viewer)
