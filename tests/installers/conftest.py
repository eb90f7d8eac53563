# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
import subprocess
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from installers.build import build_deb
from tests.installers.windows_computer import Computer, windows_computer
from tests.world import strict

SOURCE = Path(__file__).parents[2]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Before a release these tests are named: nothing of them may be left out unseen."""
    report = yield
    if report.skipped and _named(item.config) and strict.asked():
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} did not run: {report.longrepr}\n{strict.WHY}"
    return report


def _named(config: pytest.Config) -> bool:
    return any("installers" in word for word in config.args)


@pytest.fixture(scope="session")
def packages() -> dict[str, Path]:
    """The packages by file name, built where `./run build deb` builds them; what is current is reused."""
    return {path.name: path for path in build_deb()}


@pytest.fixture(scope="session")
def client_package(packages: dict[str, Path]) -> Path:
    return next(path for name, path in packages.items() if name.startswith("connection-client_"))


@pytest.fixture(scope="session")
def unpacked(packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client and the newest applications below a folder that stands for /."""
    root = tmp_path_factory.mktemp("unpacked")
    for name, path in packages.items():
        if "10.1.0.12" not in name:
            subprocess.run(["dpkg-deb", "-x", str(path), str(root)], check=True)
    return root


@pytest.fixture(scope="module")
def asked_for(request: pytest.FixtureRequest) -> None:
    """What takes minutes: only who names these tests waits for it."""
    if not _named(request.config):
        pytest.skip("takes minutes; name tests/installers to run it")


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    """A Windows of its own, gone afterwards."""
    with windows_computer(tmp_path) as made:
        yield made
