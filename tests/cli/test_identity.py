# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""sign-in, status and sign-out, in words and in JSON."""

import json
from typing import Any

import pytest

from connection_client.identity.qr_code import in_text, qr_code
from tests.cli.conftest import Run
from tests.world.openid_provider import LyingProvider

ADDRESS = "ben@lima-survey.example"
COMMANDS = ("sign-in", "sign-out", "status", "products", "updates", "update", "install", "launch", "settings")
Output = pytest.CaptureFixture[str]


def as_json(output: Output) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(output.readouterr().out)
    return value


def test_from_signing_in_to_signing_out(run: Run, provider: LyingProvider, capsys: Output) -> None:
    assert run("sign-in", ADDRESS) == 0
    said = capsys.readouterr()
    assert said.out == "Signed in as Ben Costa <ben@lima-survey.example>.\n"
    assert f"{provider.issuer}/authorize?" in said.err

    assert run("status", "--json") == 0
    status = as_json(capsys)
    assert (status["status"], status["email"], status["organisation"]) == (
        "signed-in",
        ADDRESS,
        "Lima Survey",
    )
    assert status["may_download"] is True
    assert status["problem"] is None
    assert (status["keeping"], status["offline"], status["center"]) == ("key-store", False, provider.issuer)

    assert run("status") == 0
    assert "Organisation: Lima Survey\nRole: Product Delivery - Download\n" in capsys.readouterr().out

    assert run("sign-out") == 0
    assert capsys.readouterr().out == "Nobody is signed in now.\n"
    assert run("status", "--json") == 0
    after = as_json(capsys)
    assert (after["status"], after["email"], after["roles"]) == ("signed-out", ADDRESS, [])
    assert provider.living_families == 0


def test_the_last_address_is_remembered(run: Run, capsys: Output) -> None:
    assert run("sign-in") == 3
    assert "does not look like an e-mail address" in capsys.readouterr().err
    assert run("sign-in", ADDRESS) == 0
    assert run("sign-out") == 0
    assert run("sign-in", "--json") == 0
    run("sign-out")


def test_status_tells_an_outage_and_stays_signed_in(
    run: Run, provider: LyingProvider, capsys: Output
) -> None:
    run("sign-in", ADDRESS)
    provider.down = True
    capsys.readouterr()
    assert run("status", "--json") == 0
    status = as_json(capsys)
    assert (status["status"], status["offline"]) == ("signed-in", True)
    assert status["problem"]["code"] == "center-unreachable"
    assert "tried again by itself" in status["problem"]["text"]

    provider.requests.clear()
    assert run("status", "--offline") == 0
    assert provider.requests == []
    provider.down = False
    run("sign-out")


def test_status_tells_that_the_session_ended(run: Run, provider: LyingProvider, capsys: Output) -> None:
    run("sign-in", ADDRESS)
    provider.revoke_everything()
    capsys.readouterr()
    assert run("status", "--json") == 0
    status = as_json(capsys)
    assert (status["status"], status["problem"]["code"]) == ("ended", "session-ended")
    run("sign-out")


def test_a_refusal_is_one_sentence_and_a_code(run: Run, provider: LyingProvider, capsys: Output) -> None:
    provider.lie = "declined"
    assert run("sign-in", ADDRESS, "--json") == 3
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "sign-in-refused"
    assert "Traceback" not in said.err


def test_another_device(run: Run, provider: LyingProvider, capsys: Output) -> None:
    provider.device_confirmed = True
    assert run("sign-in", "--device", ADDRESS) == 0
    said = capsys.readouterr()
    assert "BDWP-HQPK" in said.err
    assert in_text(qr_code(f"{provider.issuer}/activate")) in said.err
    assert "Signed in as Ben Costa" in said.out
    run("sign-out")


@pytest.mark.parametrize("words", [[], ["nonsense"], ["sign-in", "--nonsense"], ["settings"]])
def test_words_that_are_not_understood(run: Run, words: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*words)
    assert caught.value.code == 2
    assert "usage: connection-client" in capsys.readouterr().err


def test_help_names_every_command(run: Run, capsys: Output) -> None:
    with pytest.raises(SystemExit) as caught:
        run("--help")
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert not [command for command in COMMANDS if command not in said]


def test_several_accounts_one_of_them_active(run: Run, provider: LyingProvider, capsys: Output) -> None:
    run("sign-in", ADDRESS)
    provider.subject, provider.email = "another-person", "mia@lima-survey.example"
    run("sign-in", provider.email)
    capsys.readouterr()
    assert run("accounts") == 0
    mia, ben = capsys.readouterr().out.splitlines()
    assert mia.startswith("* ")
    assert "mia@lima-survey.example" in mia
    assert "ben@lima-survey.example" in ben

    assert run("switch", " Ben@Lima-Survey.example") == 0
    assert "ben@lima-survey.example is the active account now." in capsys.readouterr().out
    run("status", "--offline", "--json")
    assert json.loads(capsys.readouterr().out)["email"] == "ben@lima-survey.example"
    assert run("switch", "nobody@lima-survey.example") == 3
    assert "Nothing was changed" in capsys.readouterr().err

    assert run("sign-out", "mia@lima-survey.example") == 0
    capsys.readouterr()
    run("accounts", "--json")
    (left,) = json.loads(capsys.readouterr().out)
    assert (left["email"], left["active"]) == ("ben@lima-survey.example", True)
    assert provider.living_families == 1
    run("sign-out")
