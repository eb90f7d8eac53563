# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Phased rollout: a release reaches a growing share of computers without asking who they are."""

from connection_client.domain.catalogue import Product, Release
from connection_client.domain.fingerprint import fingerprint

_SHARES = 10_000


def is_in_rollout(product: Product, release: Release, computer: str) -> bool:
    """Whether this computer belongs to the share that the release has reached.

    The place of a computer is a hash of its random id with the release, so that no computer is always first;
    a greater percentage only ever adds computers.
    """
    if release.rollout_percent >= 100:  # noqa: PLR2004  # per cent
        return True
    salt = release.rollout_salt or f"{product.id}/{release.version_text}"
    place = int.from_bytes(fingerprint(f"{salt}/{computer}")[:8]) % _SHARES
    return place * 100 < release.rollout_percent * _SHARES
