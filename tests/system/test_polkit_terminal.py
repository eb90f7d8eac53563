# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""In a terminal without a desktop, as over SSH, polkit's own agent asks in the client's place."""

from functools import partial

import pytest

from tests.system.polkit_world import WELL, PolkitWorld, question, refused
from tests.world.polkit import PASSWORD, PERSON
from tests.world.polkit_desk import agent_of, outcome
from tests.world.terminal import END, INTERRUPT
from tests.world.waiting import wait_until

# What the terminal is set to after the client has ended, by the shell that started it.
STATED_AFTERWARDS = ["sh", "-c", 'trap : INT; "$@"; stty -a', "sh"]


def programs(polkit: PolkitWorld) -> list[str]:
    return polkit.computer.run("sh", "-c", "cat /proc/[0-9]*/comm").stdout.split()


def test_the_password_is_asked_for_there_and_nothing_stays_behind(polkit: PolkitWorld) -> None:
    viewer = polkit.package()

    with polkit.computer.in_terminal(viewer, before=STATED_AFTERWARDS, LANG="es_ES.UTF-8") as (
        terminal,
        result,
    ):
        terminal.expect("Password:")
        terminal.type_hidden(f"{PASSWORD}\n")
        assert terminal.wait() == 0

        assert outcome(result) == WELL
        assert terminal.seen.count("AUTHENTICATING FOR") == 1
        assert question("es") in terminal.seen
        assert PASSWORD not in terminal.seen
        assert " echo " in terminal.seen
    assert polkit.version() == "1.0"
    assert "pkttyagent" not in programs(polkit)


@pytest.mark.parametrize("typed", ["wrong\n", END])
def test_a_wrong_password_or_none_changes_nothing(polkit: PolkitWorld, typed: str) -> None:
    viewer = polkit.package()

    with polkit.computer.in_terminal(viewer, before=STATED_AFTERWARDS) as (terminal, result):
        terminal.expect("Password:")
        terminal.type_hidden(typed)
        terminal.wait()

        assert outcome(result) == refused("needs-rights")
        assert " echo " in terminal.seen
    polkit.assert_untouched(viewer)


def test_an_interrupted_question_installs_nothing_and_gives_the_terminal_back(polkit: PolkitWorld) -> None:
    viewer = polkit.package()

    with polkit.computer.in_terminal(viewer, before=STATED_AFTERWARDS) as (terminal, result):
        terminal.expect("Password:")
        terminal.type_hidden("")
        terminal.press_until_the_end(INTERRUPT)

        assert outcome(result)["code"] == "interrupted"
        assert " echo " in terminal.seen
    wait_until(lambda: not {"pkexec", "pkttyagent"} & {*programs(polkit)}, 20, "somebody still asks")
    polkit.assert_untouched(viewer)


def test_the_agent_of_a_desktop_goes_first(polkit: PolkitWorld) -> None:
    """Somebody who started the window from a terminal looks at the window."""
    viewer = polkit.package()
    command = partial(polkit.computer.command, user=PERSON)

    with polkit.computer.in_terminal(viewer, when="wait") as (terminal, result):
        terminal.expect("\n")
        with agent_of(command, int(terminal.seen), result.with_suffix(".pipe")) as agent:
            terminal.type("begin\n")
            agent.expect("Password:")
            agent.type_hidden(f"{PASSWORD}\n")
            terminal.wait()

        assert outcome(result) == WELL
        assert "AUTHENTICATING" not in terminal.seen


def test_in_the_background_of_a_terminal_nobody_is_asked(polkit: PolkitWorld) -> None:
    """Whoever reads a terminal from its background is stopped by it, and would wait for ever."""
    viewer = polkit.package()

    job = ["sh", "-mc", '"$@" & wait', "sh"]
    with polkit.computer.in_terminal(viewer, before=job) as (terminal, result):
        terminal.wait()

        assert outcome(result) == refused("nobody-to-ask")
    polkit.assert_untouched(viewer)
