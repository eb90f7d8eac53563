# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document: what ninja derives from the views, and the refusals that any of them may give."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from connect_center.problems import CONTENT_TYPE

PROBLEM = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457); some have further members.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence for people."},
    },
}
_ANSWER = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_FORBIDDEN = {"/api/v1/members": "The person is no Account Administrator."}


class DescribedApi(NinjaAPI):
    """ninja's API, whose document names every refusal."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document, made anew at each call as ninja does."""
        document = super().get_openapi_schema(**options)
        document["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        for path, operations in document["paths"].items():
            for operation in operations.values():
                for status, reason in _refusals(path, operation).items():
                    operation["responses"].setdefault(status, {"description": reason, "content": _ANSWER})
        return document


def _refusals(path: str, operation: dict[str, Any]) -> dict[int, str]:
    """Which statuses an operation may refuse with, and when."""
    refusals = {}
    parameters = operation.get("parameters", [])
    if "requestBody" in operation:
        refusals[400] = "The body is no JSON."
    if "security" in operation:
        refusals[401] = "No living access token."
    if path in _FORBIDDEN:
        refusals[403] = _FORBIDDEN[path]
    if any(parameter["in"] == "path" for parameter in parameters):
        refusals[404] = "There is no such thing."
    if parameters or "requestBody" in operation:
        refusals[422] = "A value is not what the description asks for."
    return refusals
