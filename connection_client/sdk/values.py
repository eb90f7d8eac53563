# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""`NamedTuple` as typing has it, without typing, whose import takes longer than all the rest of the kit."""

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Named(type):
        """Makes a named tuple of a class that only lists its fields."""

        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, space)
            fields = space["__annotations__"]
            defaults = [space[field] for field in fields if field in space]
            made = namedtuple(name, fields, defaults=defaults, module=space["__module__"])  # noqa: PYI024  # see above
            made.__doc__, made.__annotations__ = space.get("__doc__"), fields
            return made

    class NamedTuple(metaclass=_Named):
        """The base to derive from."""


__all__ = ["NamedTuple"]
