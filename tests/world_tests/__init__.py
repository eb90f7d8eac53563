# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""The parts of the world are tested too, with code that is neither ours nor theirs."""
