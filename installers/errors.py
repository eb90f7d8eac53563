# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What can keep a package from being built."""


class BuildError(Exception):
    """A package cannot be built; the text says which and what to do about it."""
