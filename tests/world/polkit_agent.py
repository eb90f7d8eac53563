# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A desktop's agent whose person presses Cancel each time; what it was asked, it says line by line.

    python3 -I polkit_agent.py PROCESS

Source: polkit's interface org.freedesktop.PolicyKit1.AuthenticationAgent.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection

_AUTHORITY = DBusAddress(
    "/org/freedesktop/PolicyKit1/Authority",
    bus_name="org.freedesktop.PolicyKit1",
    interface="org.freedesktop.PolicyKit1.Authority",
)
_START_FIELD = 19  # of /proc/PID/stat, counted from what follows the name (proc(5): starttime)


def main(process: str) -> None:
    """Ask nobody, and say so."""
    begun = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[_START_FIELD])
    subject = ("unix-process", {"pid": ("u", int(process)), "start-time": ("t", begun)})
    with open_dbus_connection(bus="SYSTEM") as connection:
        words = subject, os.environ["LANG"], "/agent"
        registering = new_method_call(_AUTHORITY, "RegisterAuthenticationAgent", "(sa{sv})ss", words)
        answer = connection.send_and_get_reply(registering)
        print(json.dumps(answer.body), flush=True)
        while True:
            message = connection.receive()
            if message.header.message_type is not MessageType.method_call:
                continue
            if message.header.fields[HeaderFields.member] == "BeginAuthentication":
                print(json.dumps(message.body[:3]), flush=True)
                reply = new_error(message, "org.freedesktop.PolicyKit1.Error.Cancelled", "s", ("dismissed",))
            else:
                reply = new_method_return(message)
            connection.send(reply)


main(sys.argv[1])
