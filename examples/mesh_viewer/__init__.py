# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Mesh Viewer SES: a shaded solid of an STL file."""
