# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Drawing Viewer SES: lines, curves and texts of a DXF file, by layer."""
