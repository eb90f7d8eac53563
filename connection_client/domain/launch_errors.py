# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Why an application was not started, or its question about the licence not answered."""

from connection_client.domain.errors import ClientError


class LaunchError(ClientError):
    """An application that was not started."""


class ApplicationMissing(LaunchError):
    code = "application-missing"  # name


class ApplicationIncomplete(LaunchError):
    code = "application-incomplete"  # name, missing


class ApplicationForOtherComputer(LaunchError):
    code = "application-for-other-computer"  # name, made_for, here


class DocumentMissing(LaunchError):
    code = "document-missing"  # filename


class DocumentNotTaken(LaunchError):
    code = "document-not-taken"  # name


class LinkNotReadable(LaunchError):
    code = "link-not-readable"


class ApplicationExited(LaunchError):
    code = "application-exited"  # name, exit_code, output


class NotEntitled(LaunchError):
    code = "not-entitled"  # name, reason, administrators


class ApplicationNotRegistered(LaunchError):
    code = "application-not-registered"  # audience


class StillStarting(LaunchError):
    code = "still-starting"
