# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Why something was not published; each text says what happened, what was kept and what to do next."""

from collections.abc import Sequence


class PublishError(Exception):
    """The root: nothing that clients see was changed."""


class PackageNotReadable(PublishError):
    """A file that is no package, or one whose facts no client could compare."""


class CatalogueRefused(PublishError):
    """A catalogue that no client could use; `reasons` are sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        listed = "".join(f"\n- {reason}" for reason in reasons)
        super().__init__(
            f"The catalogue was not published, because clients could not use it:{listed}\n"
            "The published one is kept. Correct this and publish again."
        )
        self.reasons = tuple(reasons)


class KeysMissing(PublishError):
    """A signature is needed whose key is not here."""


class KeysExposed(PublishError):
    """A key file that others on this computer can read."""


class RepositoryMissing(PublishError):
    """Nothing was ever published here."""


class RepositoryDamaged(PublishError):
    """What is on disk does not verify."""


class PublisherBusy(PublishError):
    """Somebody else is publishing at this moment."""


class NotPublished(PublishError):
    """A product or a version that the catalogue does not have."""


class AlreadyPublished(PublishError):
    """A version that clients may hold already, with other content."""


class RotationRefused(PublishError):
    """A role that there is not, or a delegation that clients could not follow."""


class ManifestRefused(PublishError):
    """A manifest of another packager that no client could use; `reasons` are sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        listed = "".join(f"\n- {reason}" for reason in reasons)
        super().__init__(f"No draft was made, because clients could not use it:{listed}")
        self.reasons = tuple(reasons)


class StorageUnreachable(PublishError):
    """The object storage does not take the package."""
