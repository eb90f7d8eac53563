# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Messages as bytes on a pipe: a length of four bytes, then a pickle of values that both sides know.

Only values of this program and a few of the standard library are made from what is read, so that a mistake in
one process loads no code in the other. Both belong to one person and one program, and trust each other.
"""

import importlib
import io
import pickle
import struct
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO, Final

from connection_client.domain.errors import ClientError

_LENGTH: Final = struct.Struct(">I")
LARGEST: Final = 256 << 20  # bytes; the largest list of products stays far below
_OURS: Final = "connection_client."
_VALUES: Final = ("domain.", "identity.", "launch.", "products.", "updates.")
_STANDARD: Final = {
    "builtins": frozenset({"set", "frozenset", "bytearray", "complex", "slice"}),
    "collections": frozenset({"OrderedDict"}),
    "datetime": frozenset({"date", "datetime", "time", "timedelta", "timezone"}),
    "pathlib": frozenset({"Path", "PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"}),
}


class WireError(Exception):
    """The other side sent what this one does not read, or was given what cannot be sent."""


@dataclass(frozen=True)
class Call:
    """Do `method` of `target`, or the exported callable `target` itself; `number` names the answer."""

    number: int
    target: str
    method: str
    arguments: tuple[object, ...] = ()
    named: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Done:
    """The value of a call."""

    number: int
    value: object


@dataclass(frozen=True)
class Failed:
    """What a call raised: one of our errors, or the name and words of a foreign one."""

    number: int
    error: ClientError | None
    words: str = ""


@dataclass(frozen=True)
class Told:
    """A call that nobody waits for."""

    target: str
    method: str
    arguments: tuple[object, ...] = ()


@dataclass(frozen=True)
class Exported:
    """A function of the sender, called back by its name while the call lasts."""

    name: str


@dataclass(frozen=True)
class Signal:
    """A `threading.Event` of the sender; `name` names it in the message that says it was set."""

    name: str


@dataclass(frozen=True)
class WasSet:
    """That event was set."""

    name: str


Message = Call | Done | Failed | Told | WasSet


class _Pickler(pickle.Pickler):
    """Makes our errors again from their facts, and choices from their values."""

    def reducer_override(self, thing: object) -> Any:  # as the standard library has it
        if isinstance(thing, ClientError):
            return remade, (type(thing), thing.facts)
        if isinstance(thing, Enum):
            return type(thing), (thing.value,)
        return NotImplemented


def remade(kind: type[ClientError], facts: dict[str, object]) -> ClientError:
    """The error that was raised on the other side."""
    return kind(**facts)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if name in _STANDARD.get(module, ()):
            return super().find_class(module, name)
        if module.startswith(_OURS) and (module == __name__ or module[len(_OURS) :].startswith(_VALUES)):
            found = getattr(importlib.import_module(module), name, None)
            if found is remade or (isinstance(found, type) and _is_value(found)):
                return found
        raise WireError(f"{module}.{name} is not among the values of this program")


def _is_value(kind: type) -> bool:
    """Whether making one of these does nothing but hold what is in it."""
    frozen = getattr(getattr(kind, "__dataclass_params__", None), "frozen", False)
    return bool(frozen) or issubclass(kind, Enum | ClientError)


def packed(message: Message) -> bytes:
    """The message with its length; raises WireError for what cannot be sent."""
    stream = io.BytesIO()
    stream.write(bytes(_LENGTH.size))
    try:
        _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(message)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise WireError(str(error)) from error
    length = stream.tell() - _LENGTH.size
    if length > LARGEST:
        raise WireError(f"{length} bytes are too many for one message")
    stream.seek(0)
    stream.write(_LENGTH.pack(length))
    return stream.getvalue()


def read(stream: BinaryIO) -> Message | None:
    """The next message; None where the other side has gone, also in the middle; raises WireError."""
    head = _exactly(stream, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LARGEST:
        raise WireError(f"{length} bytes are too many for one message")
    body = _exactly(stream, length)
    if body is None:
        return None
    try:
        message = _Unpickler(io.BytesIO(body)).load()
    except WireError:
        raise
    except Exception as error:
        # A pickle that is none may raise nearly anything.
        raise WireError(str(error)) from error
    if not isinstance(message, Call | Done | Failed | Told | WasSet):
        raise WireError(f"{type(message).__name__} is no message")
    return message


def _exactly(stream: BinaryIO, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        try:
            part = stream.read(count - len(parts))
        except OSError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)
