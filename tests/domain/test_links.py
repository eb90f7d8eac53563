# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Links that anybody can write: read narrowly."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connection_client.domain.launch_errors import LinkNotReadable
from connection_client.domain.links import LaunchLink, is_link, read_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("connection-client://launch/survey-viewer", LaunchLink("survey-viewer")),
        ("connection-client://launch/survey-viewer/", LaunchLink("survey-viewer")),
        ("CONNECTION-CLIENT://launch/survey-viewer", LaunchLink("survey-viewer")),
        (
            "connection-client://launch/survey-viewer?file=/home/rui/my%20points.csv&file=/tmp/b.csv",
            LaunchLink("survey-viewer", (Path("/home/rui/my points.csv"), Path("/tmp/b.csv"))),  # noqa: S108
        ),
    ],
)
def test_what_is_allowed_is_read(text: str, link: LaunchLink) -> None:
    assert is_link(text)
    assert read_link(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "connection-client:",
        "connection-client:launch/survey-viewer",
        "connection-client://launch/",
        "connection-client://launch/a/b",
        "connection-client://launch/../etc",
        "connection-client://launch/%2e%2e",
        "connection-client://launch/-quiet",
        "connection-client://install/survey-viewer",
        "connection-client://user@launch/survey-viewer",
        "connection-client://launch:80/survey-viewer",
        "connection-client://launch/survey-viewer#x",
        "connection-client://launch/survey-viewer?file=relative.csv",
        "connection-client://launch/survey-viewer?file=--quiet",
        "connection-client://launch/survey-viewer?file=/tmp/../etc/shadow",
        "connection-client://launch/survey-viewer?file=/tmp/a%00b",
        "connection-client://launch/survey-viewer?file=/tmp/a%0Ab",
        "connection-client://launch/survey-viewer?file=/tmp/%ff",
        "connection-client://launch/survey-viewer?argument=--help",
        "connection-client://launch/survey-viewer?file",
        "connection-client://launch/survey-viewer?" + "&".join(["file=/a"] * 11),
        "connection-client://launch/survey-viewer?file=/" + "x" * 9000,
        "connection-client://launch/survey\u202eviewer",
        "http://launch/survey-viewer",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(LinkNotReadable):
        read_link(text)


@given(st.text(max_size=60).map(lambda rest: f"connection-client://launch/{rest}"))
def test_no_link_does_more_than_name_a_product_and_files(text: str) -> None:
    try:
        link = read_link(text)
    except LinkNotReadable:
        return
    assert link.product_id.isascii()
    assert all(file.is_absolute() for file in link.files)
