# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""A long working day in short: the client under a clock that runs faster, watched for what grows."""
