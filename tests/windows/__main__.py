# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`python.exe -m tests.windows RESULT [PYTEST ARGUMENTS]`: the tests, and their exit status in a file.

Wine does not hand on exit codes faithfully; a file does.
"""

import sys
from pathlib import Path

import pytest


def main(arguments: list[str]) -> None:
    """Run pytest and write its exit status to the first argument."""
    result, *rest = arguments
    folder = Path(__file__).parent
    names_tests = any(Path(word.partition("::")[0]).exists() for word in rest)
    chosen = rest if names_tests else [*rest, str(folder)]
    status = pytest.main(["-c", str(folder / "under_wine.ini"), f"--rootdir={folder.parent.parent}", *chosen])
    sys.stdout.flush()
    Path(result).write_text(str(int(status)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
