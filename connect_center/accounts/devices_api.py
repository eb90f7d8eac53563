# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The signed-in person's devices: listed, and signed out one by one."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.responses import Status

from connect_center.accounts import devices
from connect_center.api_auth import bearer
from connect_center.problems import Problem

router = Router(tags=["devices"])


class Device(Schema):
    id: str
    name: str
    used_at: datetime
    current: bool


class Devices(Schema):
    devices: list[Device]


@router.get("/devices", response=Devices, auth=bearer)
def list_devices(request: HttpRequest) -> Devices:
    """Where the person is signed in with the client, the device used last first."""
    listed = devices.devices_of(request.auth, devices.family_of(request))  # type: ignore[attr-defined]  # set by ninja
    return Devices(
        devices=[Device(id=one.id, name=one.name, used_at=one.used_at, current=one.current) for one in listed]
    )


@router.delete("/devices/{device}", response={204: None}, auth=bearer)
def sign_out_device(request: HttpRequest, device: str) -> Status[None]:
    """End the sign-in on a device: its next request is refused, and it asks to sign in again."""
    if not devices.sign_out(request.auth, device):  # type: ignore[attr-defined]  # set by ninja
        raise Problem(404, "This device is not signed in any more.")
    return Status(204, None)
