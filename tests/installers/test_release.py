# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a release runs: the workflow's own words, tried with a build that notes what it is asked."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from installers import windows_signing
from installers.build import ROOT, TARGETS

PUBLISHED = set(TARGETS) - {"macos"}  # which a job of its own builds, on a Mac
NOTING = f"""#!/bin/sh
mkdir -p dist/.stamps
echo "$@" >asked
cat "${windows_signing.CERTIFICATE}" "${windows_signing.KEY}" >dist/signed-with
echo "with ${windows_signing.TIMESTAMP}" >dist/timestamp
"""


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    document = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    found: dict[str, Any] = document["jobs"]
    return found


def commands(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


def run_step(step: dict[str, Any], folder: Path, values: dict[str, str]) -> None:
    """As a runner does: the shell of a container, expressions put in, what it has beside them."""
    environment = dict(os.environ)
    for name in (windows_signing.CERTIFICATE, windows_signing.KEY):
        environment.pop(name, None)
    environment["RUNNER_TEMP"] = str(folder / "temp")
    for name, word in step.get("env", {}).items():
        environment[name] = re.sub(r"\$\{\{ *(.+?) *\}\}", lambda match: values[match[1]], word)
    subprocess.run(["sh", "-e", "-c", step["run"]], cwd=folder / "work", env=environment, check=True)


def test_the_build_finds_the_files_to_sign_with(jobs: dict[str, Any], tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "run").write_text(NOTING)
    (work / "run").chmod(0o755)
    values = {
        "secrets.SIGNING_CERTIFICATE": "a certificate\n",
        "secrets.SIGNING_KEY": "its key\n",
        "vars.SIGNING_TIMESTAMP_URL": "https://time.example",
    }
    steps = jobs["build"]["steps"]
    first = next(number for number, step in enumerate(steps) if "signing" in step.get("name", "").lower())
    last = next(number for number, step in enumerate(steps) if "SHA256SUMS" in step.get("run", ""))
    for step in steps[first : last + 1]:
        run_step(step, tmp_path, values)
    assert (work / "dist/signed-with").read_text() == "a certificate\nits key\n"
    assert (work / "dist/timestamp").read_text() == "with https://time.example\n"
    assert not (tmp_path / "temp/signing").exists()
    word, *asked = (work / "asked").read_text().split()
    assert (word, asked[-2:], set(asked[:-2])) == ("build", ["--out", "dist"], PUBLISHED)
    summed = (work / "dist/SHA256SUMS").read_text().split()[1::2]
    assert summed == ["signed-with", "timestamp"]


def test_containers_are_told_no_path_of_their_host(jobs: dict[str, Any]) -> None:
    assert "container" in jobs["build"]
    for job in jobs.values():
        assert "container" not in job or "runner." not in str(job)


def test_the_setups_are_tried_before_anything_is_built(jobs: dict[str, Any]) -> None:
    assert {".ci/run", "./run test tests/installers"} <= set(commands(jobs["test"]))
    assert jobs["build"]["needs"] == "test"


def test_people_approve_before_something_is_signed_and_before_it_is_published(jobs: dict[str, Any]) -> None:
    publishing = {name for name, job in jobs.items() if any("--draft=false" in c for c in commands(job))}
    assert publishing == {"publish"}
    assert jobs["publish"]["environment"] == "publish"
    assert "build" in jobs["publish"]["needs"]
    signing = {name for name, job in jobs.items() if "secrets." in str(job)}
    assert {jobs[name]["environment"] for name in signing} == {"release"}
    assert any("gh release create" in c and "--draft" in c for c in commands(jobs["build"]))
    assert any("sha256sum --check" in c for c in commands(jobs["publish"]))


@pytest.mark.parametrize("target", ["windows", "msi", "windows-examples"])
def test_what_is_built_for_windows_has_wine(target: str) -> None:
    """The words of `./run build` alone, with what installs and builds left out."""
    text = (ROOT / "run").read_text("utf-8")
    task = text[text.index("\nbuild) #") : text.index("\ncenter) #")].split("\n", 2)[2].removesuffix(" ;;")
    stubs = 'install_wine() { echo wine; }\ninstall_packers() { :; }\nexec() { :; }\nset -- "$0"\n'
    done = subprocess.run(["bash", "-c", stubs + task, target], capture_output=True, text=True, check=True)
    assert done.stdout == "wine\n"
    assert target in text[text.index("\nbuild) #") :].split("\n")[1]
