# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The client's own version (PEP 440), readable without importing anything else."""

VERSION = "1.0.0"
