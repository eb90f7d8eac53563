# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts as fast as it can: arguments, single instance, icon; everything heavy is imported after that."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from connection_client.domain.errors import ClientError
from connection_client.errands import errand_of
from connection_client.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path
    from typing import NoReturn

    from connection_client.workspace.rooms import Rooms

    if sys.platform == "win32":
        from connection_client.system.windows_single_instance import WindowsSingleInstance as OneInstance
    else:
        from connection_client.system.single_instance import SingleInstance as OneInstance

EXIT_REFUSED = 3
EXIT_WAS_RUNNING = 10
_QUIT = "--quit"
_WITH_SESSION = "--with-session"
# Windows Installer asks so before and after it replaces files (installers/windows_msi.py).
_WILL_RETURN, _RETURNING = "--will-return", "--returning"
_WINDOW_OPTIONS = ("--hidden", _QUIT, _WITH_SESSION, _WILL_RETURN, _RETURNING)
_ACTIVATION_TOKEN = "--activation-token="  # noqa: S105  # of a desktop, for one window
_END_SECONDS = 20.0
_SCHEME = "connection-client:"
_PACKAGE_ENDINGS = (".deb", ".rpm", ".appimage", ".flatpak", ".exe", ".msi", ".msix", ".pkg", ".dmg")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tray client or one command; the exit status is that of the process."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        print(f"CONNECTION Client {VERSION}")  # noqa: T201  # what was asked for
        return 0
    errand = errand_of(words)
    if errand is not None:
        return errand()
    try:
        return _tray(words) if for_the_tray(words) else _command_line(words)
    except ClientError as error:
        _speak()
        from connection_client.domain.language import translate
        from connection_client.domain.texts import explain

        print(explain(error, translate), file=sys.stderr)  # noqa: T201  # there is no window yet
        return EXIT_REFUSED


def for_the_tray(words: Sequence[str]) -> bool:
    """Whether these arguments mean the window: none, options of it, a package file or a link of ours."""
    return all(
        word in _WINDOW_OPTIONS or word.lower().startswith(_SCHEME) or word.lower().endswith(_PACKAGE_ENDINGS)
        for word in words
    )


def _from_anywhere(word: str) -> str:
    """A package file by a path that the running client, in another folder, understands as well."""
    if word.startswith("-") or word.lower().startswith(_SCHEME):
        return word
    return os.path.abspath(word)  # noqa: PTH100  # a folder that is gone is no reason to stop


def _speak() -> None:
    """The person's language from the first word on: that of the settings, else that of the session."""
    from connection_client.domain import language
    from connection_client.domain.settings import LANGUAGE
    from connection_client.storage.folders import Folders
    from connection_client.storage.settings import SettingsFile
    from connection_client.system.language import session_language

    language.prepare(language.catalogues(), session_language())
    try:
        wished = SettingsFile(Folders.of_this_user().config).get(LANGUAGE)
    except ClientError:
        wished = ""  # what is wrong with the settings is said later, in the language of the session
    language.choose(wished)


def _tray(words: list[str]) -> int:
    from connection_client.storage.session_folder import runtime_of_this_user
    from connection_client.system.display import check_display

    if sys.platform == "win32":
        from connection_client.system.windows_single_instance import WindowsSingleInstance as SingleInstance
    else:
        from connection_client.system.single_instance import SingleInstance

    runtime = runtime_of_this_user()
    instance = SingleInstance(runtime)
    if _QUIT in words:
        return _end_other(instance, runtime, words)
    if not _is_wanted(runtime, words):
        return 0
    check_display()
    if sys.platform == "win32":
        from connection_client.system.windows_shortcut import take_identity

        take_identity()
    words = [_from_anywhere(word) for word in words]
    if instance.claim([*words, *_permission()]):
        _run(instance, words)
    return 0


def _permission() -> list[str]:
    """Where Wayland lets this start come to the front, the client that runs may (xdg-activation-v1)."""
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return [f"{_ACTIVATION_TOKEN}{token}"] if token else []


def _end_other(instance: "OneInstance", runtime: "Path", words: list[str]) -> int:
    """Setups ask so before they replace files; the code tells them to start it again afterwards."""
    nobody_ran = instance.claim([_QUIT])
    if not nobody_ran:
        if sys.platform == "win32":
            instance.wait_for_end(_END_SECONDS)
        _note_return(runtime, words)
    instance.release()
    return 0 if nobody_ran else EXIT_WAS_RUNNING


def _is_wanted(runtime: "Path", words: list[str]) -> bool:
    """Whether whoever starts programs without a person may start this one."""
    if _RETURNING in words and not _is_expected_back(runtime):
        return False
    return _WITH_SESSION not in words or _starts_with_session()


def _run(instance: "OneInstance", words: list[str]) -> "NoReturn":
    from connection_client.ui.application import run

    try:
        code = run(
            lambda: _load(instance.announce),
            hidden="--hidden" in words,
            activations=instance,
            arguments=tuple(word for word in words if not word.startswith("-")),
        )
    finally:
        instance.release()
    from connection_client.ui.restart import EXIT_RESTART  # it was loaded with the window, after the icon

    if code == EXIT_RESTART:
        _start_anew(words)
    from connection_client.ui.leaving import leave

    leave(code)


def _note_return(runtime: "Path", words: Sequence[str]) -> None:
    if _WILL_RETURN in words:
        from connection_client.storage.returning import note_return

        note_return(runtime)


def _is_expected_back(runtime: "Path") -> bool:
    from connection_client.storage.returning import is_expected_back

    return is_expected_back(runtime)


def _start_anew(words: list[str]) -> None:
    """Become the program that lies on the disk now; it opens its window where this one had it."""
    command = sys.orig_argv[1 : len(sys.orig_argv) - len(words)]
    os.execv(sys.executable, [sys.executable, *command, "--hidden"])  # noqa: S606  # an argument list of our own


def _starts_with_session() -> bool:
    """Whether the person or the organisation wants it: what starts everybody's sessions asks here first."""
    from connection_client.domain.settings import AUTOSTART
    from connection_client.storage.folders import Folders
    from connection_client.storage.settings import SettingsFile

    return SettingsFile(Folders.of_this_user().config).get(AUTOSTART)


def _command_line(words: list[str]) -> int:
    from connection_client.cli.main import main as command_line

    _speak()
    return command_line(words, _load)


def _load(serve: Callable[[], None] | None = None) -> "Rooms":
    _speak()  # after the icon, which has to be there first
    if serve is not None:
        _import_asyncio_without_tls()
    from connection_client.bootstrap import build

    return build(serve)


def _import_asyncio_without_tls() -> None:
    """The program in the tray answers on this computer alone: OpenSSL is megabytes that it never needs.

    asyncio does without TLS where `ssl` cannot be imported; who asks for `ssl` itself later gets it.
    """
    if "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # what the import system documents as "not there"
    try:
        import asyncio  # noqa: F401  # now, while it cannot be had
    finally:
        del sys.modules["ssl"]


if __name__ == "__main__":
    sys.exit(main())
