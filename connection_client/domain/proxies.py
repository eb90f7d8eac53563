# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Which proxy stands between this computer and a server, and who may pass it."""

from collections.abc import Callable
from dataclasses import dataclass, field

# The proxy of an address as the system has it, such as `http://proxy:3128`; "" where there is none.
ProxyLookup = Callable[[str], str]


@dataclass(frozen=True)
class ProxyLogin:
    """Name and password for a proxy (RFC 7617); a name holds no colon."""

    name: str
    password: str = field(repr=False)
