# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What python-tuf says, in our words."""

from datetime import datetime

from tuf.api import exceptions

from connection_client.domain.errors import (
    CatalogueError,
    CatalogueExpired,
    CatalogueNotTrusted,
    CenterAnswersNonsense,
    CenterUnreachable,
    NetworkError,
)
from connection_client.domain.language import N_


class Expired(exceptions.ExpiredMetadataError):
    """Signed metadata whose time is over since `date`; None where only its signer knows when."""

    def __init__(self, date: datetime | None) -> None:
        super().__init__("expired")
        self.date = date


def translated_trust(error: Exception, host: str) -> CatalogueError | NetworkError:
    """What python-tuf says, in our words."""
    if isinstance(error.__cause__, NetworkError):
        return error.__cause__
    if isinstance(error, exceptions.DownloadLengthMismatchError):
        return CatalogueNotTrusted(reason=N_("the answer does not end"))
    if isinstance(error, exceptions.DownloadError):
        return _outage(error, host)
    if isinstance(error, exceptions.ExpiredMetadataError):
        ended = error.date if isinstance(error, Expired) else None
        return CatalogueExpired(date=ended.date() if ended else N_("a day before today"))
    return CatalogueNotTrusted(reason=_distrust(error))


def _outage(error: exceptions.DownloadError, host: str) -> NetworkError:
    if isinstance(error, exceptions.DownloadHTTPError):
        return CenterAnswersNonsense(host=host, reason=f"HTTP {error.status_code}")
    slow = isinstance(error, exceptions.SlowRetrievalError)
    reason = N_("the answer is too slow") if slow else N_("the connection was cut")
    return CenterUnreachable(host=host, reason=reason)


def _distrust(error: Exception) -> str:
    if isinstance(error, exceptions.BadVersionNumberError):
        return N_("it is older than one that was seen before, or does not belong together")
    if isinstance(error, exceptions.UnsignedMetadataError):
        return N_("the publisher's keys did not sign it")
    if isinstance(error, exceptions.LengthOrHashMismatchError):
        return N_("its content is not what was signed")
    return N_("it is no signed list at all")
