"""The transport for asyncio: runs the same calls on threads, so that the event loop never waits for a socket."""

from __future__ import annotations

import asyncio
from typing import Any, AsyncIterator, List, Optional, Tuple, Type, TypeVar

from ._transport import Call, Options, Transport

T = TypeVar("T")


class AsyncTransport:
    def __init__(self, options: Options, sync: Optional[Transport] = None) -> None:
        self._sync = sync or Transport(options)

    def with_options(self, **changes: Any) -> "AsyncTransport":
        sync = self._sync.with_options(**changes)
        return AsyncTransport(sync.options, sync)

    async def json(self, call: Call, model: Optional[Type[T]] = None) -> Any:
        return await asyncio.to_thread(self._sync.json, call, model)

    async def page(self, call: Call, model: Type[T]) -> Tuple[List[T], Optional[str]]:
        return await asyncio.to_thread(self._sync.page, call, model)

    async def stream(self, call: Call) -> AsyncIterator[bytes]:
        chunks = await asyncio.to_thread(self._sync.stream, call)

        async def each() -> AsyncIterator[bytes]:
            while True:
                chunk = await asyncio.to_thread(next, chunks, None)
                if chunk is None:
                    return
                yield chunk

        return each()

    def close(self) -> None:
        self._sync.close()
