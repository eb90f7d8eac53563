# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""What speaks to the network and to the key store, built in the process that asks or in one of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from connection_client.broker.ports import ApplicationTokenSource
from connection_client.domain.accounts import SessionState
from connection_client.domain.proxies import ProxyLogin
from connection_client.domain.settings import Source
from connection_client.identity.ports import Accounts, DeviceDirectory, Provider
from connection_client.identity.ports import SecretStore
from connection_client.identity.password import PasswordCenter
from connection_client.launch.ports import EntitlementSource
from connection_client.products.catalogue_source import CatalogueSource
from connection_client.updates.download import Downloads
