# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The short texts of a catalogue as values: ten thousand releases use few different ones, each read once."""

import re
from functools import lru_cache
from typing import Final

from connection_client.backend import catalogue_document as document
from connection_client.domain.catalogue import (
    SIDE_BY_SIDE,
    UNINSTALL_PREVIOUS,
    InstallRecipe,
    Prerequisite,
)
from connection_client.domain.versions import Version

_VERSIONS: Final = 16_384


@lru_cache(maxsize=256)
def prerequisite_of(product_id: str, minimum: str | None) -> Prerequisite:
    """A product that has to be there first; raises ValueError."""
    return Prerequisite(checked_id(product_id), read_version(minimum) if minimum is not None else None)


@lru_cache(maxsize=1024)
def checked_id(text: str) -> str:
    """The id of a product; raises ValueError."""
    return _checked(document.ID, text)


@lru_cache(maxsize=64)
def checked_channel(text: str) -> str:
    """The name of a channel; raises ValueError."""
    return _checked(document.CHANNEL, text)


def _checked(pattern: re.Pattern[str], text: str) -> str:
    if pattern.fullmatch(text) is None:
        raise ValueError(text)
    return text


@lru_cache(maxsize=256)
def are_known(
    os: str, architecture: str, auth: str, kind: str, scope: str, elevation: str, behaviour: str
) -> bool:
    """Whether this version of the client knows all these words."""
    return (
        os in document.SYSTEMS
        and architecture in document.ARCHITECTURES
        and auth in document.AUTHORISATIONS
        and kind in document.KINDS
        and scope in document.SCOPES
        and elevation in document.ELEVATIONS
        and behaviour in document.BEHAVIOURS
    )


@lru_cache(maxsize=256)
def is_kept_to(kind: str, behaviour: str) -> bool:
    """Whether a package of that kind leaves, or takes away, the version before as its publisher says.

    Side by side is for installers that decide it themselves, not for those that put one file or bundle in the
    place of the other; taking away is for those whose installer does it, as nothing here removes anything.
    """
    if behaviour == SIDE_BY_SIDE:
        return kind not in document.IN_PLACE
    return behaviour != UNINSTALL_PREVIOUS or kind in document.REMOVING


@lru_cache(maxsize=256)
def plain_recipe(kind: str, scope: str, elevation: str, behaviour: str) -> InstallRecipe:
    """Most packages are installed without any word of their own: one value serves them all."""
    return InstallRecipe(kind, scope, elevation, behaviour=behaviour)


@lru_cache(maxsize=_VERSIONS)
def read_version(text: str) -> Version:
    """A version as the schema writes it, stricter than what is found on computers; raises ValueError."""
    version = Version.parse(text) if document.VERSION.fullmatch(text) else None
    if version is None:
        raise ValueError(text)
    return version
