# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The root of all errors for people, and what can fail everywhere: network, sign-in, installation.

Each knows its row in `texts.TEXTS` and the facts that fill it; others of this room go on.
Raise them with the facts as keyword arguments: `DiskFull(needed=…, free=…, kept=…)`. Foreign errors are
translated into these at the adapter that met them, with `raise … from error`.
"""

from typing import ClassVar


class ClientError(Exception):
    """The root: `code` names the row of texts, `facts` fill its placeholders."""

    code: ClassVar[str] = "unexpected"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({inside})"


# ---- the network and the Center ------------------------------------------------------------------
class NetworkError(ClientError):
    """The Center could not be asked; nothing that is known locally is lost by it."""


class CenterUnreachable(NetworkError):
    code = "center-unreachable"  # host, reason


class CenterAnswersNonsense(NetworkError):
    code = "center-answers-nonsense"  # host, reason


class CaptivePortal(NetworkError):
    code = "captive-portal"  # host


class CertificateNotTrusted(NetworkError):
    code = "certificate-not-trusted"  # host, issuer


class ProxyWantsPassword(NetworkError):
    code = "proxy-wants-password"  # host


class SessionBusy(NetworkError):
    code = "session-busy"


class NotListed(ClientError):
    """A name that no list of this client holds."""

    code = "not-listed"  # name, command


# ---- identity ------------------------------------------------------------------------------------
class SignInError(ClientError):
    """A sign-in or password request that did not come to its end; the e-mail address is kept."""


class NotSignedIn(SignInError):
    code = "not-signed-in"


class SessionEnded(SignInError):
    code = "session-ended"  # email


class SignInCancelled(SignInError):
    code = "sign-in-cancelled"


class SignInTimedOut(SignInError):
    code = "sign-in-timed-out"  # minutes


class SignInRefused(SignInError):
    code = "sign-in-refused"  # reason


class TokenRefused(SignInError):
    code = "token-refused"  # reason


class ClockWrong(SignInError):
    code = "clock-wrong"  # minutes, direction


class AccountNotKnown(SignInError):
    code = "account-not-known"  # email


class AddressNotReadable(SignInError):
    code = "address-not-readable"


class CodeNotAccepted(SignInError):
    code = "code-not-accepted"


class PasswordNotAccepted(SignInError):
    code = "password-not-accepted"  # reasons: the Center's sentences


class TooManyTries(SignInError):
    code = "too-many-tries"  # minutes


# ---- catalogue, download, installation -----------------------------------------------------------
class CatalogueError(ClientError):
    """No trusted catalogue could be had; the list last shown stays, and nothing installs from it."""


class CatalogueNotTrusted(CatalogueError):
    code = "catalogue-not-trusted"  # reason


class CatalogueExpired(CatalogueError):
    code = "catalogue-expired"  # date


class CatalogueNotReadable(CatalogueError):
    code = "catalogue-not-readable"  # reason


class PolicyNotGenuine(ClientError):
    """The update policy that was kept is not what the Center signed; it is not followed."""

    code = "policy-not-genuine"  # reason


class ClientTooOld(CatalogueError):
    code = "client-too-old"  # needed, own


class DownloadError(ClientError):
    """A download that did not end in a verified file; the part on disk is kept where it can be used."""


class DownloadStopped(DownloadError):
    code = "download-stopped"  # reason, kept (bytes)


class DownloadCancelled(DownloadError):
    code = "download-cancelled"  # kept (bytes)


class DownloadNotGenuine(DownloadError):
    code = "download-not-genuine"  # filename


class DiskFull(DownloadError):
    code = "disk-full"  # needed, kept (bytes)


class RoleMissing(DownloadError):
    code = "role-missing"  # role, administrators


class InstallError(ClientError):
    """An installation that did not happen; the installed version is the one that was there before."""


class PackageChanged(InstallError):
    code = "package-changed"  # filename


class FileNotKnown(InstallError):
    code = "file-not-known"  # filename


class FileNotReadable(InstallError):
    code = "file-not-readable"  # filename, reason


class NotInstallable(InstallError):
    code = "not-installable"  # name, reason


class ChoiceNotTaken(ClientError):
    """What a person wanted to decide about an update is not theirs to decide, or there is none."""

    code = "choice-not-taken"  # name, reason


class InstallationPutOff(NotInstallable):
    """Nobody sits before it, and it is not the moment; a person may go on at once."""

    code = "installation-put-off"  # name, reason


class NeedsRights(InstallError):
    code = "needs-rights"  # name


class NobodyToAsk(NeedsRights):
    code = "nobody-to-ask"  # name


class ApplicationRunning(InstallError):
    code = "application-running"  # name


class InstallerBusy(InstallError):
    code = "installer-busy"


class InstallCancelled(InstallError):
    code = "install-cancelled"  # name


class InstallerFailed(InstallError):
    code = "installer-failed"  # name, exit_code, log


class VersionDidNotChange(InstallError):
    code = "version-did-not-change"  # name, version, log


class PrerequisiteDidNotChange(VersionDidNotChange):
    code = "prerequisite-did-not-change"  # name, needed, version, log


# ---- this computer -------------------------------------------------------------------------------
class BrowserDidNotOpen(ClientError):
    code = "browser-did-not-open"  # url


class NoDisplay(ClientError):
    code = "no-display"  # reason


class FolderNotWritable(ClientError):
    code = "folder-not-writable"  # path, reason
