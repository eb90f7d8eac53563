# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A Debian 13 in a folder, with the Wine that can show Qt's windows; made once and kept."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from installers import stamp
from installers.errors import BuildError

SUITE = "trixie"
MIRROR = "http://deb.debian.org/debian"
PACKAGES = (
    *("wine", "wine64", "xvfb", "xdotool", "imagemagick", "x11-utils"),
    *("fonts-wine", "fonts-open-sans", "fonts-dejavu-core", "fonts-noto-core"),
)
_SECONDS = 1500


def prepare(folder: Path, project: Path) -> Path:
    """The root below `folder`, made anew where this recipe changed; only root can. Raises BuildError."""
    root = folder / "root"
    current = stamp.fingerprint(project, [Path(__file__)])
    if stamp.is_current(root, current):
        return root
    missing = [name for name in ("debootstrap", "unshare", "ip") if _found(name) is None]
    if missing:
        raise BuildError(
            f"{missing[0]} is missing. Install the Debian packages debootstrap, util-linux and iproute2."
        )
    shutil.rmtree(root, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    print("A Debian 13 with Wine 10 is made now; it takes some minutes and 2 GB.", flush=True)
    _run(["debootstrap", "--variant=minbase", SUITE, str(root), MIRROR])
    # Nothing of it is started, as on any computer that is being made.
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    inside = ["chroot", str(root), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    _run([*inside, "install", "-y", "--no-install-recommends", *PACKAGES], bound=root)
    _run([*inside, "clean"])
    stamp.keep(root, current)
    return root


def _found(program: str) -> str | None:
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def _run(command: Sequence[str], bound: Path | None = None) -> None:
    """With the system's folders where `bound` is a root; they go with the command's own mounts."""
    whole = list(command)
    if bound is not None:
        script = 'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec "$@"'
        whole = ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, str(bound), *command]
    environment = os.environ | {"PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"}
    done = subprocess.run(
        whole, env=environment, capture_output=True, text=True, check=False, timeout=_SECONDS
    )
    if done.returncode != 0:
        raise BuildError(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-800:]}")
