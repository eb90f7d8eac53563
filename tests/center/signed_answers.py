# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What a client accepts of the Center's signatures."""

from joserfc.jwa import EdDSAAlgorithm
from joserfc.jws import JWSRegistry


class Registry(JWSRegistry):
    """Accepts what the Center announces, and nothing else."""

    class _EdDSA(EdDSAAlgorithm):
        security_warning = ""

    algorithms = {"EdDSA": _EdDSA()}
