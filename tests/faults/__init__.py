# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong at people's desks: one file for each case, tried with real parts.

The first line of a file's docstring is the case, the rest what the client does. A run keeps what it has shown
in `build/faults.json`; `python -m tests.faults.table` writes it into docs/faults.md.
"""
