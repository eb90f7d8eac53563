# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The texts for people of every error: what happened, what was kept, what to do next.

The English text is the message id of its translation. Facts in braces are filled by `explain`.
"""

from collections.abc import Callable, Iterable

from connection_client.domain.errors import ClientError
from connection_client.domain.language import N_
from connection_client.domain.long_paths import without_prefix
from connection_client.domain.sizes import readable_size

TEXTS: dict[str, str] = {
    "unexpected": N_("Something unforeseen stopped this. Nothing was changed. Try again, or send a service request."),
    "center-unreachable": N_("{host} cannot be reached ({reason}). What is shown here is kept. It is tried again by itself."),
    "center-answers-nonsense": N_("{host} gave an answer that makes no sense ({reason}). What is shown here is kept. It is tried again by itself."),
    "captive-portal": N_("This network wants a sign-in of its own. What is shown here is kept. Open any page in the browser, sign in to the network, and it goes on by itself."),
    "certificate-not-trusted": N_("The certificate of {host}, issued by {issuer}, is not trusted by this computer. Nothing was sent. Show this to your IT department."),
    "proxy-wants-password": N_("The proxy {host} wants a name and a password. Nothing is lost. Enter them in the settings under Network."),
    "session-busy": N_("Another part of CONNECTION Client is renewing the sign-in and does not come to an end. Nothing is lost. It is tried again by itself."),
    "not-listed": N_("There is no “{name}” in the list. Nothing was changed. Look at what is there: connection-client {command}."),
    "not-signed-in": N_("Nobody is signed in. Installed applications stay as they are. Sign in to go on."),
    "session-ended": N_("Your sign-in has ended. Your address and your lists are kept. Sign in again."),
    "sign-in-cancelled": N_("The sign-in was cancelled. Your address is kept. Press Continue to start again."),
    "sign-in-timed-out": N_("The browser did not answer within {minutes} minutes. Your address is kept. Press Continue to start again."),
    "sign-in-refused": N_("The sign-in was refused: {reason}. Your address is kept. Press Continue to try again."),
    "token-refused": N_("The answer to the sign-in was refused because it cannot be trusted: {reason}. Nothing was stored. Try again, and tell your Account Administrator if it stays."),
    "clock-wrong": N_("This computer's clock is {minutes} minutes {direction}. Nothing was stored. Set the clock and sign in again."),
    "account-not-known": N_("{email} is not signed in on this computer, or is the active account already. Nothing was changed. See connection-client accounts."),
    "address-not-readable": N_("This does not look like an e-mail address. What you typed is kept. Correct it and press Continue."),
    "code-not-accepted": N_("This code does not fit or is too old. Your password is as it was. Check the newest mail, or send a new code."),
    "password-not-accepted": N_("This password was not accepted: {reasons} Your old password still holds. Choose another one."),
    "too-many-tries": N_("There were too many tries. Nothing was changed. Try again in {minutes} minutes."),
    "key-store-locked": N_("The key store of this computer is locked, so the sign-in cannot be read. Nothing is lost. Unlock it, and it goes on by itself."),
    "key-store-unreachable": N_("The part of the client that asks the key store has ended, so the sign-in cannot be read. Nothing is lost. Try again; if it happens again, restart the client."),
    "key-store-missing": N_("This computer has no key store, so the sign-in holds for this session only. Nothing secret is written to disk. Set up the key store of your system (on Linux GNOME Keyring or KWallet) to stay signed in."),
    "catalogue-not-trusted": N_("The list of applications was refused because its signature does not fit ({reason}). The last good list is kept, and nothing installs from the refused one. Try again later, and tell your Account Administrator if it stays."),
    "catalogue-expired": N_("The list of applications ended on {date} and no newer one came. It is shown, but nothing installs from it. Check this computer's date, or try again later."),
    "catalogue-not-readable": N_("The list of applications cannot be read ({reason}). The last good list is kept. Try again later."),
    "policy-not-genuine": N_("The update policy that is kept here is not what CONNECT Center signed ({reason}). It is not followed, and no application was changed. The next check for updates brings the right one."),
    "client-too-old": N_("The list of applications is meant for CONNECTION Client {needed}; this is {own}. The last good list is kept. Update CONNECTION Client first."),
    "download-stopped": N_("The download stopped ({reason}). {kept} are kept. Press Resume to go on."),
    "download-cancelled": N_("The download was cancelled. {kept} are kept. Press Resume to go on."),
    "download-not-genuine": N_("{filename} is not the file that the publisher signed. It was removed, and the installed version is untouched. Try again, and tell your Account Administrator if it stays."),
    "disk-full": N_("The download stopped because the disk is full. {kept} are kept. Free {needed} and press Resume."),
    "role-missing": N_("Downloading needs the role “{role}”, which you do not have. Installed applications still start. Ask {administrators}."),
    "package-changed": N_("{filename} changed on disk after it was checked. It was not installed and has been removed. Press Update to download it again."),
    "file-not-known": N_("{filename} is in no list of the publisher that this client trusts. It was not installed, and the file is untouched. Ask your Account Administrator for the original file."),
    "file-not-readable": N_("{filename} cannot be read ({reason}). Nothing was installed. Check its name and whether you may read it."),
    "not-installable": N_("{name} cannot be installed here: {reason}. Nothing was changed. Ask your Account Administrator for a fitting version."),
    "installation-put-off": N_("{name} was not installed now: {reason}. What was downloaded is kept, and the version that was there, too. It goes on by itself later; press Update to go on at once."),
    "choice-not-taken": N_("{reason}, so nothing was changed for {name}. Look at what is offered: connection-client updates."),
    "needs-rights": N_("Installing {name} needs administrator rights, which were not given. The download is kept. Press Install again, or send it to your IT department."),
    "nobody-to-ask": N_("Installing {name} needs an administrator's password, and nothing here can ask for it. The download is kept. Start the password dialog of your desktop (a polkit agent), run connection-client update in a terminal, or send it to your IT department."),
    "application-running": N_("{name} is running. The download is kept, and the running application is left alone. Close it and press Update."),
    "installer-busy": N_("Another installation is under way on this computer. The download is kept. Press Install when it has ended."),
    "install-cancelled": N_("The installation of {name} was cancelled. The download is kept, and so is the version that was there. Press Install to start again."),
    "installer-failed": N_("The installer of {name} ended with code {exit_code}. The version that was there is kept. See {log}, or send a service request."),
    "version-did-not-change": N_("The installer of {name} ended well, but the version is still {version}. Nothing else was changed, and this release is not offered again. See {log}, or send a service request."),
    "prerequisite-did-not-change": N_("{name} was installed, but the version of {needed}, which it needs, is still {version}, so it may not start. Your documents are untouched. See {log}, or send a service request."),
    "application-missing": N_("{name} is not where it was installed. Your documents are untouched. Install it again."),
    "application-incomplete": N_("{name} cannot start because {missing} is not on this computer. Your documents are untouched. Install it again."),
    "application-for-other-computer": N_("{name} is made for {made_for}, and this computer is {here}. It was not started. Install the version for this computer."),
    "document-missing": N_("{filename} is not on this computer. Nothing was started. Check where it was moved to."),
    "link-not-readable": N_("A link wanted to start an application, but not in a way that is allowed. Nothing was started. Start the application here."),
    "document-not-taken": N_("{name} takes no documents from here, because Windows starts it as an app of its own. Nothing was started. Start it without the document, and open that inside."),
    "application-exited": N_("{name} ended at once with code {exit_code}. {output} Your documents are untouched. Start it again, or send a service request."),
    "not-entitled": N_("{name} may not be used: {reason}. It stays installed. Ask {administrators}."),
    "application-not-registered": N_("CONNECT Center knows no application “{audience}”. Nothing was handed over. Tell the maker of the application."),
    "still-starting": N_("CONNECTION Client is still starting. Nothing is lost. Try again in a moment."),
    "browser-did-not-open": N_("The browser did not open. Your address is kept. Copy the link and open it in any browser."),
    "no-display": N_("The window cannot be shown because there is no display ({reason}). Nothing was changed. Use the command line: connection-client status."),
    "settings-not-readable": N_("The settings in {path} cannot be read ({reason}). The file is kept, and the standard settings hold. Correct the file or remove it."),
    "setting-not-accepted": N_("“{value}” does not fit the setting {key}. It is as it was. Give it {allowed}."),
    "setting-not-known": N_("There is no setting {key}. Nothing was changed. Known are: {known}."),
    "file-named-not-readable": N_("The file {path}, which the setting {key} names, cannot be used ({reason}). The standard holds. Put the file there, or name another."),
    "setting-locked": N_("The setting {key} is managed by your organisation. It is as it was. Ask your Account Administrator."),
    "no-center-configured": N_("This client does not know its CONNECT Center yet. Nothing was changed. Ask your Account Administrator for its address, then run: connection-client settings set center_url ADDRESS."),
    "folder-not-writable": N_("Nothing can be written to {path} ({reason}). Nothing was changed. Free the disk or mend the folder's rights, and start again."),
}  # fmt: skip

SETUP_GOES_ON = N_("The setup of {name} {version} has begun and goes on by itself once this command has ended. Until then the version that was there is kept. In a minute, connection-client history tells how it ended.")  # fmt: skip
SETUP_BEGUN = N_("Its setup has begun and goes on by itself.")

_IN_WORDS: dict[str, Callable[[object], str]] = {
    "path": lambda value: without_prefix(str(value)),
    "log": lambda value: without_prefix(str(value)),
    "kept": lambda value: readable_size(int(str(value))),
    "output": lambda value: _ended(str(value).strip()),
    "needed": lambda value: readable_size(value) if isinstance(value, int) else str(value),
}


def explain(error: BaseException, translate: Callable[[str], str] = str) -> str:
    """The error as one text for a person; an error from outside the family reads as unforeseen."""
    if not isinstance(error, ClientError):
        return translate(TEXTS["unexpected"])
    words = {name: _in_words(name, value, translate) for name, value in error.facts.items()}
    return translate(TEXTS[error.code]).format(**words)


def _ended(said: str) -> str:
    """A program's last words as a sentence of their own."""
    return said if not said or said.endswith((".", "!", "?", "…")) else f"{said}."


def _in_words(name: str, value: object, translate: Callable[[str], str]) -> str:
    if name in _IN_WORDS:
        return _IN_WORDS[name](value)
    if isinstance(value, str):
        return translate(value) if value else value
    if isinstance(value, Iterable):
        return ", ".join(str(part) for part in value)
    return str(value)
