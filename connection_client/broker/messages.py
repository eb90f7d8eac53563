# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The lines on the wire: JSON-RPC 2.0 requests and answers, one JSON object a line (docs/broker.md)."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeGuard

PROTOCOLS = (1,)
LONGEST_LINE = 64 * 1024  # bytes, the line end included

Id = str | int | float | None


class Code(IntEnum):
    """What a refused request gets: JSON-RPC 2.0 section 5.1, and our own below -32000."""

    NOT_JSON = -32700
    NOT_A_REQUEST = -32600
    UNKNOWN_METHOD = -32601
    WRONG_PARAMETERS = -32602
    INTERNAL = -32603
    BUSY = -32001
    LINE_TOO_LONG = -32002
    PROTOCOL_NOT_SPOKEN = -32003
    STARTING = -32004
    TOO_SLOW = -32005
    NOBODY_SIGNED_IN = -32010
    ASKING = -32011
    DECLINED = -32012
    NOT_REGISTERED = -32013
    PROGRAM_NOT_KNOWN = -32014
    CENTER_NOT_REACHED = -32015


_MESSAGES = {
    Code.NOT_JSON: "the line is not JSON",
    Code.NOT_A_REQUEST: "this is not a JSON-RPC 2.0 request",
    Code.UNKNOWN_METHOD: "there is no such method",
    Code.WRONG_PARAMETERS: "the parameters do not fit the method",
    Code.INTERNAL: "the client could not answer",
    Code.BUSY: "too many calls, ask again later",
    Code.LINE_TOO_LONG: "the line is longer than 65536 bytes",
    Code.PROTOCOL_NOT_SPOKEN: "this version of the protocol is not spoken",
    Code.STARTING: "the client is starting, ask again",
    Code.TOO_SLOW: "the line did not end in time",
    Code.NOBODY_SIGNED_IN: "nobody is signed in",
    Code.ASKING: "the person is being asked, ask again",
    Code.DECLINED: "the person did not agree",
    Code.NOT_REGISTERED: "no application is registered under this audience",
    Code.PROGRAM_NOT_KNOWN: "it is not known which program asks",
    Code.CENTER_NOT_REACHED: "the Center was not reached",
}


class Refused(Exception):  # reads as what happened
    """A request that gets an error as its answer."""

    def __init__(self, code: Code, request_id: Id = None, **data: object) -> None:
        super().__init__(_MESSAGES[code])
        self.code, self.request_id, self.data = code, request_id, data


@dataclass(frozen=True)
class Request:
    """A call; without `wants_answer` it is a notification."""

    method: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    request_id: Id = None
    wants_answer: bool = True


def read_request(line: bytes) -> Request:
    """Parse one line; raises Refused."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Refused(Code.NOT_JSON) from error
    if not isinstance(said, dict):
        raise Refused(Code.NOT_A_REQUEST)
    request_id = said.get("id")
    if not _can_be_repeated(request_id):
        raise Refused(Code.NOT_A_REQUEST)
    method, parameters = said.get("method"), said.get("params", {})
    if said.get("jsonrpc") != "2.0" or not isinstance(method, str):
        raise Refused(Code.NOT_A_REQUEST, request_id)
    if not isinstance(parameters, dict):
        raise Refused(Code.WRONG_PARAMETERS, request_id)
    protocol = parameters.pop("protocol", PROTOCOLS[0])
    if isinstance(protocol, bool) or protocol not in PROTOCOLS:
        raise Refused(Code.PROTOCOL_NOT_SPOKEN, request_id, supported=list(PROTOCOLS))
    return Request(method, parameters, request_id, "id" in said)


def _can_be_repeated(request_id: object) -> TypeGuard[Id]:
    """Whether an answer can carry it: half a character or an endless number are in no JSON."""
    if isinstance(request_id, str):
        return request_id.isascii() or not any("\ud800" <= character <= "\udfff" for character in request_id)
    if isinstance(request_id, float):
        return math.isfinite(request_id)
    return request_id is None or (isinstance(request_id, int) and not isinstance(request_id, bool))


def answer_line(request: Request, result: Mapping[str, object]) -> bytes:
    """The answer to a request that was met."""
    return _line({"jsonrpc": "2.0", "id": request.request_id, "result": dict(result)})


def refusal_line(refused: Refused) -> bytes:
    """The answer to a request that was refused."""
    error: dict[str, object] = {"code": int(refused.code), "message": str(refused)}
    if refused.data:
        error["data"] = refused.data
    return _line({"jsonrpc": "2.0", "id": refused.request_id, "error": error})


def notification_line(method: str, parameters: Mapping[str, object]) -> bytes:
    """Something told without having been asked for at this moment."""
    return _line({"jsonrpc": "2.0", "method": method, "params": dict(parameters)})


def _line(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
