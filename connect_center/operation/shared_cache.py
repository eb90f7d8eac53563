# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Redis as the cache of all workers. While it is away each process keeps what is new for itself.

Then limits are counted for each process, and a code that another process keeps is refused, so that a person
tries again; nobody meets a server error.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

_TRIED_AGAIN_AFTER = 5.0  # seconds, in which nobody waits for a server that is away
_ANSWERS_WITHIN = 1.0
_log = logging.getLogger(__name__)


def _or_alone(name: str) -> Callable[..., Any]:
    """The operation of Redis' cache, or of this process's own while Redis does not answer."""

    def operation(self: "SharedCache", *args: Any, **named: Any) -> Any:
        if not self.is_away():
            try:
                return getattr(RedisCache, name)(self, *args, **named)
            except RedisError as error:
                self.note_away(error)
        return getattr(self.alone, name)(*args, **named)

    operation.__name__ = name
    return operation


class SharedCache(RedisCache):
    """Django's cache in Redis, which goes on alone when Redis does not answer."""

    _away_until: ClassVar[float] = 0.0

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = {
            "socket_timeout": _ANSWERS_WITHIN,
            "socket_connect_timeout": _ANSWERS_WITHIN,
            "retry": Retry(NoBackoff(), 1),  # a connection that Redis closed meanwhile is made anew
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self.alone = LocMemCache(
            f"alone-{params.get('KEY_PREFIX', '')}", {"OPTIONS": {"MAX_ENTRIES": 10_000}}
        )

    @classmethod
    def is_away(cls) -> bool:
        """Whether Redis did not answer a moment ago."""
        return time.monotonic() < cls._away_until

    @classmethod
    def note_away(cls, error: RedisError) -> None:
        """Leave Redis alone for some seconds."""
        _log.warning("Redis does not answer, this process goes on alone: %s", error)
        cls._away_until = time.monotonic() + _TRIED_AGAIN_AFTER

    add = _or_alone("add")
    get = _or_alone("get")
    set = _or_alone("set")
    touch = _or_alone("touch")
    delete = _or_alone("delete")
    get_many = _or_alone("get_many")
    has_key = _or_alone("has_key")
    incr = _or_alone("incr")
    set_many = _or_alone("set_many")
    delete_many = _or_alone("delete_many")
    clear = _or_alone("clear")
