# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The only part of the client that runs with administrator rights: a script of the standard library alone.

    python3 -I elevated_install.py KIND ROOT SHA256 LENGTH PATH [SHA256 LENGTH PATH ...]

It copies each package into a folder that only root can reach, hashing on the way, and hands the copies to
apt-get (KIND deb), rpm (KIND rpm) or flatpak (KIND flatpak) as an argument list. So nobody without root's
rights can change a byte between check and installation. Exit codes beside those of the three are the
constants below.
"""

import errno
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACKAGE_CHANGED = 20
BUSY = 21
DISK_FULL = 22
MISUSED = 23

_BLOCK = 1 << 20
_LOCK_SECONDS = 30.0
_APT_FAILED = 100  # apt-get(8), for whatever reason
_MOST_DIGITS = 16
_ROOMY = Path("/var/tmp")  # noqa: S108  # mkdtemp makes a private folder in it; /tmp is often small
_ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "DEBIAN_FRONTEND": "noninteractive",
    "LC_ALL": "C.UTF-8",
    "HOME": "/root",
}


def main(arguments: list[str]) -> int:
    """Check, copy, install; the exit code says how it went."""
    kind, root, *rest = arguments if len(arguments) > 1 else ("", "")
    if not _is_understood(kind, root, rest):
        return MISUSED
    wanted = [(rest[i], int(rest[i + 1]), Path(rest[i + 2])) for i in range(0, len(rest), 3)]
    os.umask(0o022)
    roomy = str(_ROOMY) if _ROOMY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="connection-client-", dir=roomy))
    try:
        copies = []
        for place, (sha256, length, path) in enumerate(wanted):
            copy = folder / f"{place}-{sha256[:16]}.{kind}"
            if not _copy_if_genuine(path, copy, sha256, length):
                print(f"{path} is not what was signed; nothing was installed.", file=sys.stderr)  # noqa: T201  # the log
                return PACKAGE_CHANGED
            copies.append(copy)
        if kind == "deb" and not _wait_for_lock(Path(root)):
            return BUSY
        if kind == "deb":
            _go_on_after_power_cut(Path(root), copies)
        code = _install(kind, Path(root), copies)
        # Somebody may have been quicker between the look at the lock and apt-get's own.
        return BUSY if code == _APT_FAILED and kind == "deb" and not _wait_for_lock(Path(root), 0) else code
    except OSError as error:
        print(error, file=sys.stderr)  # noqa: T201  # the log
        return DISK_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else MISUSED
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _install(kind: str, root: Path, copies: list[Path]) -> int:
    """All by one call where the program takes several, so that they are installed together or not at all."""
    command, names = COMMANDS[kind](root), [str(copy) for copy in copies]
    calls = [[name] for name in names] if kind == "flatpak" else [names]
    return next((code for call in calls if (code := _run([*command, *call]))), 0)


def _copy_if_genuine(source: Path, target: Path, sha256: str, length: int) -> bool:
    import hashlib  # OpenSSL is megabytes, and this module is also read by the program in the tray

    digest, seen = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("xb") as writing:
        while seen <= length and (block := reading.read(_BLOCK)):
            digest.update(block)
            seen += len(block)
            writing.write(block)
    return seen == length and digest.hexdigest() == sha256


def _is_understood(kind: str, root: str, rest: list[str]) -> bool:
    # Whoever got these rights by a question gets them for this computer's own root: in another one, apt-get
    # would follow configuration that anybody could have written.
    if not Path(root).is_absolute() or (root != "/" and "PKEXEC_UID" in os.environ):
        return False
    lengths = rest[1::3]
    numbers = all(text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS for text in lengths)
    return kind in COMMANDS and bool(rest) and len(rest) % 3 == 0 and numbers


def _wait_for_lock(root: Path, seconds: float = _LOCK_SECONDS) -> bool:
    """Whether no other package manager works; apt-get itself would end with a code that says nothing."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with (root / "var/lib/dpkg/lock-frontend").open("a") as lock:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.2)


def _go_on_after_power_cut(root: Path, copies: list[Path]) -> None:
    """Let dpkg end what was cut off, and unpack anew what it left in pieces; apt-get can do neither.

    Source: dpkg(1), --configure and the flag reinst-required.
    """
    options = [] if root == Path("/") else [f"--root={root}"]
    dpkg = ["dpkg", *options, "--force-confdef", "--force-confold"]
    if any((root / "var/lib/dpkg/updates").glob("[0-9]*")):
        _run([*dpkg, "--configure", "--pending"])
    broken = [str(copy) for copy in copies if _is_in_pieces(root, copy)]
    if broken:
        _run([*dpkg, "--unpack", *broken])


def _is_in_pieces(root: Path, copy: Path) -> bool:
    asked = subprocess.run(
        ["dpkg-deb", "--field", str(copy), "Package"], env=_ENVIRONMENT, capture_output=True, check=False
    )
    head = b"Package: " + asked.stdout.strip() + b"\n"
    stanzas = (root / "var/lib/dpkg/status").read_bytes().split(b"\n\n")
    return any(stanza.lstrip().startswith(head) and b" reinstreq " in stanza for stanza in stanzas)


def _run(command: list[str]) -> int:
    return subprocess.run(command, env=_ENVIRONMENT, stdin=subprocess.DEVNULL, check=False).returncode


def _apt_get(root: Path) -> list[str]:
    """The call of apt-get that installs local files; `root` is another than / only in tests.

    Never removes a package, keeps changed configuration, may go back where the catalogue withdrew a release.
    """
    elsewhere = [
        f"Dir={root}",
        "Dir::Bin::dpkg=/usr/bin/dpkg",
        f"Dir::State::status={root}/var/lib/dpkg/status",
        f"Dpkg::Options::=--root={root}",
        "DPkg::Chroot-Directory=",
    ]
    options = [
        "Dpkg::Options::=--force-confdef",
        "Dpkg::Options::=--force-confold",
        f"DPkg::Lock::Timeout={_LOCK_SECONDS:.0f}",
        *(elsewhere if root != Path("/") else []),
    ]
    return [
        "apt-get",
        "install",
        "--yes",
        "--no-install-recommends",
        "--no-remove",
        "--allow-downgrades",
        *(word for option in options for word in ("-o", option)),
    ]


def _rpm(root: Path) -> list[str]:
    """The call of dnf or zypper, which bring what a package needs; of rpm where there is neither.

    May go back where the catalogue withdrew a release, as far as the program can.
    """
    if root == Path("/"):
        for program, options in _WITH_DEPENDENCIES.items():
            found = shutil.which(program, path=_ENVIRONMENT["PATH"])
            if found:
                return [found, *options]
    return ["rpm", "--upgrade", "--oldpackage", f"--root={root}"]


def _flatpak(root: Path) -> list[str]:
    """The call of flatpak that installs one bundle for everybody, or replaces what is there by it."""
    elsewhere = ["env", f"FLATPAK_SYSTEM_DIR={root}/var/lib/flatpak"] if root != Path("/") else []
    return [*elsewhere, "flatpak", "install", "--system", "--bundle", "--noninteractive", "--assumeyes"]


_WITH_DEPENDENCIES = {
    "dnf": ["install", "--assumeyes", "--setopt=install_weak_deps=False"],
    "zypper": ["--non-interactive", "install", "--no-recommends", "--oldpackage", "--allow-unsigned-rpm"],
}
COMMANDS = {"deb": _apt_get, "rpm": _rpm, "flatpak": _flatpak}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
