# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`./run conformance FOLDER`: the public suite of TUF clients judges the client's updater.

FOLDER is a checkout of the suite, which is on no package index. Exit status 0 where every case passed, 1
where one failed or was left out, 2 where there is no suite.
"""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

SUITE = "https://github.com/theupdateframework/tuf-conformance"
LEAST = 100  # cases: it has had more since its version 2, and a suite that finds none proves nothing
_ENTRY = Path(__file__).with_name("tuf-client")
# The suite brings its own settings of pytest and its own order.
_ALONE = ("-p", "no:randomly", "-p", "no:django", "-p", "no:pytest-qt", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class Result:
    """How many cases there were, and how many of them passed."""

    cases: int
    passed: int

    @property
    def good(self) -> bool:
        """Whether every case passed, and the suite was there."""
        return self.passed == self.cases >= LEAST


def main(arguments: list[str]) -> int:
    """Run the suite of the folder that is named."""
    folder = Path(arguments[0]).resolve() if arguments else None
    if folder is None or not (folder / "tuf_conformance" / "conftest.py").is_file():
        print(
            f"There is no suite{f' in {folder}' if folder else ''}. Nothing was judged. Fetch it and name it:"
        )
        print(f"  git clone {SUITE} /tmp/tuf-conformance")
        print("  ./run conformance /tmp/tuf-conformance")
        return 2
    result = judged(folder)
    print(f"{result.passed} of {result.cases} cases passed, of {_revision(folder)}")
    return 0 if result.good else 1


def judged(folder: Path, *further: str) -> Result:
    """Let the suite below `folder` judge the client; `further` are arguments for pytest."""
    with tempfile.TemporaryDirectory() as kept:
        report = Path(kept) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", *_ALONE, f"--rootdir={folder}", "-c", "/dev/null"]
        command += [
            f"--junitxml={report}",
            f"--entrypoint={_ENTRY}",
            str(folder / "tuf_conformance"),
            *further,
        ]
        subprocess.run(command, cwd=folder, check=False)
        return _counted(report) if report.exists() else Result(0, 0)


def _counted(report: Path) -> Result:
    """What pytest says of each case; one that was expected to fail is one that was left out."""
    cases = list(ET.parse(report).iter("testcase"))  # noqa: S314  # written a moment ago by our own pytest
    return Result(len(cases), sum(len(case.findall("*")) == 0 for case in cases))


def _revision(folder: Path) -> str:
    words = ["git", "-C", str(folder), "log", "-1", "--format=%h of %cs"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "an unknown revision"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
