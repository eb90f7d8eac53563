# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Makes small real RPM packages with rpmbuild."""

import os
import subprocess
import tempfile
from pathlib import Path

_SPEC = """Name: {name}
Version: {version}
Release: 1
Summary: an application
License: Apache-2.0
BuildArch: noarch
AutoReqProv: no
%description
An application.
%install
mkdir -p %{{buildroot}}/usr/bin %{{buildroot}}/usr/share/applications
printf '#!/bin/sh\\necho {version}\\n' > %{{buildroot}}/usr/bin/{name}
chmod 755 %{{buildroot}}/usr/bin/{name}
cat > %{{buildroot}}/usr/share/applications/{name}.desktop <<ENTRY
[Desktop Entry]
Type=Application
Name={name}
Exec=/usr/bin/{name} %f
ENTRY
%files
/usr/bin/{name}
/usr/share/applications/{name}.desktop
"""


def make_rpm(folder: Path, name: str, version: str) -> Path:
    """Build `{name}-{version}-1.noarch.rpm` in `folder` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as top:
        spec = Path(top) / "package.spec"
        spec.write_text(_SPEC.format(name=name, version=version))
        define = ["--define", f"_topdir {top}", "--define", "_rpmdir " + str(folder)]
        names = ["--define", "_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm"]
        subprocess.run(
            ["rpmbuild", "--quiet", "-bb", *define, *names, str(spec)], check=True, capture_output=True
        )
    return folder / f"{name}-{version}-1.noarch.rpm"


def install_rpm(root: Path, rpm: Path) -> None:
    """What an administrator of a computer below `root` does by hand."""
    (root / "var/lib/rpm").mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["rpm", f"--root={root}", "-U", "--nodeps", "--noscripts", str(rpm)],
        env={**os.environ, "HOME": "/root"},  # where the administrator's database is
        check=True,
        capture_output=True,
    )
