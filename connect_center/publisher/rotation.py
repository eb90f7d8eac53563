# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Changes who may sign: a new key for a role, all keys of the root, a delegation more or less.

While a key is changed, everything is signed with the old key and the new one. So at every moment the signed
files verify for clients that know the old root and for those that know the new one, and a change that was cut
off is completed by repeating it. Source: The Update Framework Specification 1.0, section 6.1.
"""

import re

from securesystemslib.signer import Key
from tuf.api.metadata import DelegatedRole, Root, Targets

from connect_center.publisher.errors import RotationRefused
from connect_center.publisher.in_force import delegated
from connect_center.publisher.keys import ONLINE_ROLES, ROOT_KEYS, KeyRing
from connect_center.publisher.repository import SignedRepository

ROOT = "root"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_PATTERN = re.compile(r"[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)*/\*")


def rotate(repository: SignedRepository, keys: KeyRing, role: str) -> None:
    """Change the key of a role, a root key, or with `root` all root keys. Raises PublishError."""
    if role == ROOT or role in ROOT_KEYS:
        _rotate_root(repository, keys, ROOT_KEYS if role == ROOT else (role,))
    elif role in ONLINE_ROLES:
        keys.root_signers()  # raises before anything is signed when they are not here
        new = keys.begin_change(role).public_key
        repository.sign_again(role)
        if repository.root().roles[role].keyids != [new.keyid]:
            repository.change_root(lambda root: _hand_over(root, role, new))
        keys.end_change(role)
    elif role in repository.delegations():
        new = keys.begin_change(role).public_key
        repository.change_delegations(lambda targets: _hand_over(targets, role, new), role)
        keys.end_change(role)
    else:
        known = ", ".join((ROOT, *ROOT_KEYS, *ONLINE_ROLES, *repository.delegations()))
        raise RotationRefused(f"There is no role “{role}”. Nothing was changed. The roles: {known}.")


def delegate(repository: SignedRepository, keys: KeyRing, name: str, pattern: str) -> None:
    """Let a new role sign the targets of a folder. Raises RotationRefused, KeysMissing."""
    taken = (ROOT, *ONLINE_ROLES, *ROOT_KEYS, *repository.delegations())
    if not _NAME.fullmatch(name) or name in taken:
        raise RotationRefused(
            f"A new role cannot be named “{name}”. Nothing was changed. "
            "Choose a name of small letters, digits and hyphens that no role has."
        )
    if not _PATTERN.fullmatch(pattern):
        raise RotationRefused(
            f"“{pattern}” names no folder of targets. Nothing was changed. It has to look like: partner/*"
        )
    if pattern in repository.delegations().values():
        raise RotationRefused(f"Another role signs {pattern} already. Nothing was changed.")
    key = keys.obtain(name).public_key

    def change(targets: Targets) -> None:
        roles = targets.delegations.roles if targets.delegations else None
        if roles is not None:
            roles[name] = DelegatedRole(name, [], 1, terminating=True, paths=[pattern])
            targets.add_key(key, name)

    repository.change_delegations(change, name)


def take_back(repository: SignedRepository, name: str, needed: tuple[str, ...]) -> None:
    """End a delegation; what the role signed is no longer a target. Raises RotationRefused."""
    if name in needed:
        raise RotationRefused(f"Clients read what “{name}” signs. Nothing was changed.")
    if name not in repository.delegations():
        known = ", ".join(repository.delegations())
        raise RotationRefused(f"There is no delegation “{name}”. Nothing was changed. There are: {known}.")

    def change(targets: Targets) -> None:
        roles = targets.delegations.roles if targets.delegations else None
        if roles is not None:
            for keyid in list(roles[name].keyids):
                targets.revoke_key(keyid, name)
            del roles[name]

    repository.change_delegations(change)


def _rotate_root(repository: SignedRepository, keys: KeyRing, names: tuple[str, ...]) -> None:
    signers = keys.root_signers()  # raises before anything is made when they are too few
    here = {signer.public_key.keyid for signer in signers}
    listed = repository.root().roles[ROOT].keyids
    lost = [keyid for keyid in listed if keyid not in here]
    old = {name: keys.signer(name).public_key.keyid if keys.has(name) else None for name in names}
    new = {name: keys.begin_change(name).public_key for name in names}

    def change(root: Root) -> None:
        for name in names:
            keyid = old[name] or (lost.pop() if lost else None)
            if keyid in root.roles[ROOT].keyids:
                root.revoke_key(keyid, ROOT)
            root.add_key(new[name], ROOT)

    if not {key.keyid for key in new.values()} <= set(listed):
        repository.change_root(change)
    for name in names:
        keys.end_change(name)


def _hand_over(delegator: Root | Targets, role: str, new: Key) -> None:
    """Let the new key sign, and no other one."""
    before = delegator.roles[role].keyids if isinstance(delegator, Root) else _delegated_keys(delegator, role)
    for keyid in [keyid for keyid in before if keyid != new.keyid]:
        delegator.revoke_key(keyid, role)
    delegator.add_key(new, role)


def _delegated_keys(targets: Targets, role: str) -> list[str]:
    roles = targets.delegations.roles if targets.delegations else None
    return list(roles[role].keyids) if roles and role in delegated(targets) else []
