# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The arguments that a second start hands over to the running client."""


def arguments_in(message: bytes) -> tuple[str, ...] | None:
    """Those of a whole message; None where it holds anything else."""
    import json  # only a second start needs it

    try:
        arguments = json.loads(message)
    except ValueError:
        return None
    if isinstance(arguments, list) and all(isinstance(argument, str) for argument in arguments):
        return tuple(arguments)
    return None
