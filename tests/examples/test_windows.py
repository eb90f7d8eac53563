# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The applications on a real screen: they draw, and they refuse with the reason on their window."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from connection_client.domain.accounts import SessionState, SessionStatus
from connection_client.domain.entitlements import Refusal
from examples.common import theme
from examples.common.release import VERSION
from tests.world.broker import Desk, running_broker
from tests.world.desktop import Desktop, private_desktop
from tests.world.processes import running
from tests.world.waiting import wait_until

SOURCE = Path(__file__).parents[2]
APPLICATIONS = {
    "survey-viewer": ("Survey Viewer SES", "harbour.csv"),
    "mesh-viewer": ("Mesh Viewer SES", "coupling.stl"),
    "drawing-viewer": ("Drawing Viewer SES", "workshop.dxf"),
}
BODY = (0, 60, 640, 600)  # of the window: below its bar, left of a table


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with private_desktop(tmp_path_factory.mktemp("desktop"), tray=False, key_store=False) as desktop:
        yield desktop


@pytest.fixture
def desk(desktop: Desktop) -> Iterator[Desk]:
    """The client that the applications ask."""
    desk = Desk()
    with running_broker(Path(desktop.environment["XDG_RUNTIME_DIR"]) / "connection-client", desk):
        yield desk


@contextmanager
def application(desktop: Desktop, product: str, *files: Path) -> Iterator[None]:
    module = f"examples.{product.replace('-', '_')}"
    command = ["/usr/bin/python3", "-S", "-B", "-m", module, *map(str, files)]
    environment = {**desktop.environment, "PYTHONPATH": str(SOURCE)}
    with running(command, environment, desktop.folder / f"{product}.log"):
        yield


def window(desktop: Desktop, title: str, seconds: float = 20) -> str:
    """The window's id, once a window with exactly that title shows."""

    def find() -> str:
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        said = subprocess.run(
            command, env=dict(desktop.environment), capture_output=True, text=True, check=False
        )
        return said.stdout.strip()

    return wait_until(find, seconds, f"no window “{title}”").splitlines()[0]


def picture(desktop: Desktop, identity: str, file: Path) -> "Image.Image":
    command = ["import", "-silent", "-window", identity, str(file)]
    subprocess.run(command, env=dict(desktop.environment), check=True)
    with Image.open(file) as image:
        return image.convert("RGB")


def share_of(image: "Image.Image", colour: str) -> float:
    """How much of the picture has exactly that colour."""
    wanted = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    counts = image.getcolors(image.width * image.height) or []
    return sum(count for count, found in counts if found == wanted) / (image.width * image.height)


def colours(image: "Image.Image") -> int:
    return len(image.getcolors(image.width * image.height) or [])


@pytest.mark.parametrize("product", APPLICATIONS)
def test_the_sample_is_drawn(desktop: Desktop, desk: Desk, tmp_path: Path, product: str) -> None:
    name, sample = APPLICATIONS[product]
    with application(desktop, product):
        identity = window(desktop, f"{sample} - {name} {VERSION}")

        def drawn() -> bool:
            return colours(picture(desktop, identity, tmp_path / "window.png").crop(BODY)) > 20

        wait_until(drawn, 10, "nothing was drawn")
        whole = picture(desktop, identity, tmp_path / "window.png")
        assert share_of(whole, theme.ACCENT) > 0.003  # the button
        assert share_of(whole, theme.WARNING) == 0


def test_a_file_from_the_command_line_is_opened(desktop: Desktop, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "quarry.csv"
    file.write_text("1,0,0\n2,100,50\n")
    with application(desktop, "survey-viewer", file):
        assert window(desktop, f"quarry.csv - Survey Viewer SES {VERSION}")


def test_a_bad_file_leaves_the_window_open(desktop: Desktop, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "bad.stl"
    file.write_bytes(b"no mesh")
    with application(desktop, "mesh-viewer", file):
        identity = window(desktop, f"Mesh Viewer SES {VERSION}")

        def started() -> bool:
            return share_of(picture(desktop, identity, tmp_path / "window.png"), theme.ACCENT) > 0.003

        assert wait_until(started, 10, "the button did not show")


def test_a_refusal_is_shown_and_tried_again(desktop: Desktop, desk: Desk, tmp_path: Path) -> None:
    desk.refused["survey-viewer"] = Refusal.NO_LICENCE
    with application(desktop, "survey-viewer"):
        identity = window(desktop, f"Survey Viewer SES {VERSION}")

        def refused() -> bool:
            return share_of(picture(desktop, identity, tmp_path / "window.png"), theme.WARNING) > 0.0005

        wait_until(refused, 10, "the refusal did not show")
        desk.refused.clear()
        environment = dict(desktop.environment)
        subprocess.run(
            ["xdotool", "windowfocus", "--sync", identity, "key", "space"], env=environment, check=True
        )
        assert window(desktop, f"harbour.csv - Survey Viewer SES {VERSION}")


def test_nobody_signed_in_offers_the_sign_in(desktop: Desktop, desk: Desk, tmp_path: Path) -> None:
    desk.state = SessionState(SessionStatus.SIGNED_OUT)
    desk.refused["drawing-viewer"] = Refusal.NOT_SIGNED_IN
    with application(desktop, "drawing-viewer"):
        identity = window(desktop, f"Drawing Viewer SES {VERSION}")

        def refused() -> bool:
            return share_of(picture(desktop, identity, tmp_path / "window.png"), theme.WARNING) > 0.0005

        wait_until(refused, 10, "the refusal did not show")
        environment = dict(desktop.environment)
        keys = ["xdotool", "windowfocus", "--sync", identity, "key", "Tab", "key", "space"]
        subprocess.run(keys, env=environment, check=True)
        wait_until(lambda: desk.sign_ins, 10, "the client was not opened")


def test_without_a_display_it_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        ["/usr/bin/python3", "-S", "-B", "-m", "examples.survey_viewer"],
        env={"PYTHONPATH": str(SOURCE), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Survey Viewer SES cannot show its window: ")
    assert len(done.stderr.splitlines()) == 1
