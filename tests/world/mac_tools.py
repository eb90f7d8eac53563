# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Stand-ins for the programs of macOS that install things: they write down what they were asked, and do it.

A package or an image is a tar archive here; Apple's formats cannot be made or opened on this system. What the
programs print, and how they end, is as Apple's own print and end.
"""

import io
import plistlib
import tarfile
from pathlib import Path
from typing import Final

from tests.world.macintosh import make_bundle, make_receipt, make_tool

TEAM: Final = "ABCDE12345"
_INSTALLER: Final = """
[ "$1" = -query ] && {{ cat "{answers}/restart"; exit 0; }}
[ -e "{answers}/installer-fails" ] && {{ echo "installer: The install failed." >&2; exit 1; }}
tar -xf "$2" -C "{root}" && echo "installer: The install was successful."
"""
_HDIUTIL: Final = """
if [ "$1" = detach ]; then
    [ -e "{answers}/busy" ] && [ -z "$3" ] && {{ echo "Resource busy" >&2; exit 16; }}
    rm -rf "$(cat "{answers}/mounted")"; exit 0
fi
folder=$(mktemp -d "$7/dmg.XXXXXX"); echo "$folder" >"{answers}/mounted"
tar -xf "$2" -C "$folder" 2>/dev/null || {{ echo "hdiutil: attach failed" >&2; exit 1; }}
[ -e "{answers}/licence" ] && {{ cat "{answers}/licence"; read -r agreed; [ "$agreed" = Y ] || exit 1; }}
sed "s|MOUNTED|$folder|" "{answers}/attached"
"""
_ATTACHED: Final = {
    "system-entities": [
        {"content-hint": "Apple_HFS", "dev-entry": "/dev/disk4s1", "mount-point": "MOUNTED"},
        {"content-hint": "GUID_partition_scheme", "dev-entry": "/dev/disk4"},
    ]
}
_PKGUTIL: Final = """
[ "$3" = --files ] && {{ echo "Survey Viewer.app/Contents/Info.plist"; exit 0; }}
cat "{answers}/signature"
[ ! -e "{answers}/unsigned" ]
"""
_SIGNATURE: Final = """Package "{name}":
   Status: signed by a developer certificate issued by Apple for distribution
   Notarization: trusted by the Apple notary service
   Certificate Chain:
    1. Developer ID Installer: Example Systems ({team})
       Expires: 2027-02-01 22:12:15 +0000
    2. Developer ID Certification Authority (ZZZZZ99999)
"""
# What osascript does with the script that the client gives it, and how it says that something went wrong.
_OSASCRIPT: Final = """
while [ "$1" = -e ]; do shift 2; done
[ "$1" = -- ] || exit 9
shift 2
[ -e "{answers}/refused" ] && {{ cat "{answers}/refused" >&2; exit 1; }}
"$@" >"{answers}/out" 2>"{answers}/err"
code=$?
[ $code = 0 ] && {{ cat "{answers}/out"; exit 0; }}
printf '0:99: execution error: %s (%s)\\n' "$(cat "{answers}/err")" "$code" >&2
exit 1
"""


class MacTools:
    """The programs in `folder`; what they install goes below `root`."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self._answers = folder / "answers"
        self._answers.mkdir(parents=True)
        for name, does in {
            "installer": _INSTALLER,
            "hdiutil": _HDIUTIL,
            "osascript": _OSASCRIPT,
            "ditto": 'cp -a "$1" "$2" || exit 1; exit $(cat "{answers}/ditto" 2>/dev/null || echo 0)',
            "pkgutil": _PKGUTIL,
            "codesign": '[ ! -e "{answers}/broken-seal" ]',
            "spctl": '[ ! -e "{answers}/distrusted" ] || exit 3',
        }.items():
            make_tool(folder, name, does.format(answers=self._answers, root=root))
        self.say("attached", plistlib.dumps(_ATTACHED).decode())
        self.say("restart", plistlib.dumps({"RestartAction": "None"}).decode())
        self.signed_by(TEAM)

    @property
    def path(self) -> str:
        """The search path in which they come first."""
        return f"{self.folder}:/usr/bin:/bin"

    def say(self, what: str, text: str = "") -> None:
        """Let a program answer with `text`, or behave as the name of the file says."""
        (self._answers / what).write_text(text)

    def signed_by(self, team: str) -> None:
        """Whom `pkgutil` names as the signer of packages."""
        self.say("signature", _SIGNATURE.format(name="viewer.pkg", team=team))


def make_pkg(folder: Path, version: str, *, identifier: str = "com.example.pkg.viewer") -> Path:
    """A package that puts Survey Viewer into Applications and leaves a receipt."""
    tree = folder / f"pkg-{identifier}-{version}"
    make_bundle(tree / "Applications", "Survey Viewer", version)
    make_receipt(tree, identifier, version)
    return _packed(tree, folder / f"viewer-{identifier}-{version}.pkg")


def make_dmg(folder: Path, version: str, *names: str, padding: int = 0) -> Path:
    """An image with applications called `names`, each of `padding` bytes, and what people drag them to."""
    tree = folder / f"dmg-{version}-{len(names)}"
    tree.mkdir(parents=True)
    for name in names or ("Survey Viewer",):
        bundle = make_bundle(tree, name, version)
        (bundle / "Contents/data").write_bytes(b"x" * padding)
    (tree / "Applications").symlink_to("/Applications")
    (tree / "Other.app").symlink_to("/Applications/Other.app")
    (tree / ".background.app").mkdir()
    (tree / "Read me.txt").touch()
    return _packed(tree, folder / f"viewer-{version}-{len(names)}.dmg")


def _packed(tree: Path, file: Path) -> Path:
    with tarfile.open(file, "w") as archive:
        for path in sorted(tree.iterdir()):
            archive.add(path, path.name)
    return file


def empty_image(file: Path) -> Path:
    """An image that holds nothing."""
    with tarfile.open(file, "w") as archive:
        archive.addfile(tarfile.TarInfo("nothing.txt"), io.BytesIO())
    return file
