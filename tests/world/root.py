# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Tests that install for real, which only root may."""

import os

import pytest

needs_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root may install, even into a folder of its own"
)
