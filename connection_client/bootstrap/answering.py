# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Joins what answers applications on this computer."""

import sys
from collections.abc import Callable

from connection_client.bootstrap.workspace import account_of
from connection_client.broker.changes import ENTITLEMENT, STATUS
from connection_client.broker.methods import Methods
from connection_client.broker.ports import TokenSource
from connection_client.broker.server import BrokerServer
from connection_client.broker.tokens import Tokens
from connection_client.identity.session import Session
from connection_client.launch.entitlements import Entitlements
from connection_client.storage.consents import ConsentFile
from connection_client.storage.folders import Folders
from connection_client.system.windows_broker import PipeBrokerServer


def tokens_of(folders: Folders, session: Session, source: TokenSource) -> Tokens:
    kept = ConsentFile(folders.data / "consents.json")
    if sys.platform == "win32":
        from connection_client.system.windows_processes import program_of

        return Tokens(source, kept, lambda: account_of(session), program_of)
    return Tokens(source, kept, lambda: account_of(session))


def methods_of(
    session: Session, entitlements: Entitlements, tokens: Tokens, open_sign_in: Callable[[], None]
) -> Methods:
    methods = Methods(lambda: session.state, entitlements, open_sign_in, tokens)
    session.subscribe(lambda _state: methods.changes.publish(STATUS))
    entitlements.subscribe(lambda: methods.changes.publish(ENTITLEMENT))
    return methods


def broker_of(folders: Folders, methods: Methods) -> BrokerServer | PipeBrokerServer:
    windows = sys.platform == "win32"
    broker = PipeBrokerServer(methods) if windows else BrokerServer(folders.runtime, methods)
    broker.start()
    return broker
