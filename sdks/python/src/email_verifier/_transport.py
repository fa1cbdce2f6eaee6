"""Runs an API call: its attempts, their time limits, and when to retry.

A call that spends credits carries an Idempotency-Key, the same on each attempt, so that a retry is never charged twice. A POST without
one is retried only if it was refused before it began.
"""

from __future__ import annotations

import http.client
import json
import math
import os
import platform
import random
import re
import select
import socket
import threading
import time
import urllib.parse
import uuid
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Mapping, NamedTuple, Optional, Tuple, Type, TypeVar

from ._errors import ApiError, ConfigurationError, ConnectionError, MalformedAnswerError, TimeoutError, to_api_error
from ._reader import Model, read
from ._upload import Upload
from ._version import VERSION

if TYPE_CHECKING:
    import ssl

T = TypeVar("T", bound=Model)

_DEFAULT_BASE_URL = "http://localhost:3000"
_BACK_OFF_FIRST_S = 0.5
_BACK_OFF_MAX_S = 8.0
#: If the API asks for a longer wait than this, the call fails instead of waiting.
_RETRY_AFTER_MAX_S = 60.0
_IDLE_CONNECTIONS_MAX = 10
_CHUNK_BYTES = 64 * 1024


class Options(NamedTuple):
    api_key: str
    base_url: str
    timeout: float
    total_timeout: Optional[float]
    max_retries: int


class Call(NamedTuple):
    method: str
    path: str
    query: Optional[Mapping[str, Any]] = None
    json: Any = None
    upload: Optional[Upload] = None
    #: Whether the call gets an Idempotency-Key: this one, or a generated one.
    spends: bool = False
    idempotency_key: Optional[str] = None


def make_options(
    api_key: Optional[str], base_url: Optional[str], timeout: float, total_timeout: Optional[float], max_retries: int
) -> Options:
    key = api_key or os.environ.get("EMAIL_VERIFIER_API_KEY")
    if not key:
        raise ConfigurationError("No API key: pass api_key, or set EMAIL_VERIFIER_API_KEY.")
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise ConfigurationError("The API key has characters that no key has.")
    url = base_url or os.environ.get("EMAIL_VERIFIER_BASE_URL") or _DEFAULT_BASE_URL
    return Options(key, url.rstrip("/"), timeout, total_timeout, max_retries)


def segment(text: str) -> str:
    """Escapes one segment of a path."""
    return urllib.parse.quote(text, safe="")


class Transport:
    def __init__(self, options: Options, pool: Optional["_Pool"] = None) -> None:
        self.options = options
        self._pool = pool or _Pool(options.base_url)

    def with_options(self, **changes: Any) -> "Transport":
        return Transport(self.options._replace(**changes), self._pool)

    def json(self, call: Call, model: Optional[Type[T]] = None) -> Any:
        """Returns the answer as the model, or as a plain dict."""
        return self._run(call, lambda attempt: self._read_answer(attempt, model))

    def stream(self, call: Call) -> Iterator[bytes]:
        """Streams the response body."""
        return self._run(call, self._open_stream)

    def page(self, call: Call, model: Type[T]) -> Tuple[List[T], Optional[str]]:
        body = self.json(call)
        try:
            return [read(model, item) for item in body["data"]], body.get("next_cursor")
        except (KeyError, TypeError, AttributeError) as error:
            raise _malformed(200, None, str(body)) from error

    def close(self) -> None:
        self._pool.close()

    def _run(self, call: Call, once: Callable[["_Attempt"], Any]) -> Any:
        options = self.options
        attempt = self._prepare(call)
        is_repeatable = call.method != "POST" or call.spends
        ends_at = time.monotonic() + (options.total_timeout or math.inf)
        for retries in range(options.max_retries + 1):
            try:
                attempt.timeout = max(0.001, min(options.timeout, ends_at - time.monotonic()))
                return once(attempt)
            except (ApiError, ConnectionError) as error:
                wait = _retry_after(error, retries, is_repeatable, call.upload is None or call.upload.can_replay)
                if wait is None or retries == options.max_retries or time.monotonic() + wait >= ends_at:
                    raise
                time.sleep(wait)
        raise AssertionError("unreachable")

    def _prepare(self, call: Call) -> "_Attempt":
        query = {name: _query_text(value) for name, value in (call.query or {}).items() if value is not None}
        headers = {
            "authorization": f"Bearer {self.options.api_key}",
            "accept": "application/json",
            "user-agent": f"email-verifier-python/{VERSION} (python {platform.python_version()})",
        }
        if call.spends:
            headers["idempotency-key"] = call.idempotency_key or str(uuid.uuid4())
        body = None
        if call.json is not None:
            headers["content-type"] = "application/json"
            body = json.dumps(call.json).encode()
        if call.upload is not None:
            headers.update(call.upload.headers)
        target = call.path + (f"?{urllib.parse.urlencode(query)}" if query else "")
        return _Attempt(call.method, target, headers, body, call.upload)

    def _read_answer(self, attempt: "_Attempt", model: Optional[Type[T]]) -> Any:
        connection, response = self._send(attempt)
        try:
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise _lost(error, attempt.timeout) from error
        self._pool.give_back(connection, response)
        headers = _headers_of(response)
        if not 200 <= response.status < 300:
            raise to_api_error(response.status, headers, body)
        try:
            value = json.loads(body)
            if not isinstance(value, dict):
                raise TypeError("not an object")
            return value if model is None else read(model, value)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _malformed(response.status, headers.get("x-request-id"), body.decode(errors="replace")) from error

    def _open_stream(self, attempt: "_Attempt") -> Iterator[bytes]:
        connection, response = self._send(attempt)
        if 200 <= response.status < 300:
            return self._chunks(connection, response, attempt.timeout)
        try:
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise _lost(error, attempt.timeout) from error
        finally:
            connection.close()
        raise to_api_error(response.status, _headers_of(response), body)

    def _chunks(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse, timeout: float) -> Iterator[bytes]:
        try:
            while True:
                expected = response.length
                chunk = response.read(_CHUNK_BYTES)
                if not chunk:
                    # http.client does not report a body that ended before its length.
                    if expected:
                        raise http.client.IncompleteRead(b"", expected)
                    self._pool.give_back(connection, response)
                    return
                yield chunk
        except (OSError, http.client.HTTPException) as error:
            raise _lost(error, timeout) from error
        finally:
            if not response.isclosed():
                connection.close()

    def _send(self, attempt: "_Attempt") -> Tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        connection = self._pool.take(attempt.timeout)
        target = self._pool.path + attempt.target
        try:
            if attempt.upload is None:
                connection.request(attempt.method, target, attempt.body, attempt.headers)
            else:
                self._send_upload(connection, attempt, target)
            return connection, connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise _lost(error, attempt.timeout) from error

    @staticmethod
    def _send_upload(connection: http.client.HTTPConnection, attempt: "_Attempt", target: str) -> None:
        chunked = "content-length" not in attempt.headers
        headers = {**attempt.headers, **({"transfer-encoding": "chunked"} if chunked else {})}
        try:
            connection.request(attempt.method, target, attempt.upload.chunks(), headers, encode_chunked=chunked)
        except (BrokenPipeError, ConnectionResetError):
            # A server may refuse a file before it has all of it, and hang up; its answer may have arrived.
            if connection.sock is None:
                raise


class _Attempt:
    def __init__(
        self, method: str, target: str, headers: Dict[str, str], body: Optional[bytes], upload: Optional[Upload]
    ) -> None:
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.upload = upload
        self.timeout = 0.0


class _Pool:
    """Keeps connections open for the next call. Safe to share between threads."""

    def __init__(self, base_url: str) -> None:
        url = urllib.parse.urlsplit(base_url)
        if url.scheme not in ("http", "https") or not url.hostname:
            raise ConfigurationError(f"The base URL is not one of http or https: {base_url}")
        self.path = url.path
        self._is_tls = url.scheme == "https"
        self._host, self._port = url.hostname, url.port or (443 if self._is_tls else 80)
        self._idle: List[http.client.HTTPConnection] = []
        self._lock = threading.Lock()
        self._tls: Optional["ssl.SSLContext"] = None

    def take(self, timeout: float) -> http.client.HTTPConnection:
        while True:
            with self._lock:
                connection = self._idle.pop() if self._idle else None
            if connection is None:
                return self._open(timeout)
            # If the socket is readable without a request, the other side has hung up.
            if connection.sock is not None and not select.select([connection.sock], [], [], 0)[0]:
                connection.sock.settimeout(timeout)
                return connection
            connection.close()

    def give_back(self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> None:
        with self._lock:
            if not response.will_close and len(self._idle) < _IDLE_CONNECTIONS_MAX:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _open(self, timeout: float) -> http.client.HTTPConnection:
        if not self._is_tls:
            return http.client.HTTPConnection(self._host, self._port, timeout=timeout)
        # Loaded only when needed, because it takes a third of the import time.
        import ssl
        import urllib.request

        self._tls = self._tls or ssl.create_default_context()
        proxy = urllib.request.getproxies().get("https")
        if proxy is None or urllib.request.proxy_bypass(self._host):
            return http.client.HTTPSConnection(self._host, self._port, timeout=timeout, context=self._tls)
        through = urllib.parse.urlsplit(proxy)
        connection = http.client.HTTPSConnection(through.hostname or "", through.port, timeout=timeout, context=self._tls)
        connection.set_tunnel(self._host, self._port)
        return connection


def _retry_after(error: Exception, retries: int, is_repeatable: bool, can_replay: bool) -> Optional[float]:
    """Seconds until the next attempt, or None for none. Exponential with full jitter, unless the API names a delay."""
    back_off = random.random() * min(_BACK_OFF_MAX_S, _BACK_OFF_FIRST_S * 2**retries)
    if not can_replay or isinstance(error, MalformedAnswerError):
        return None
    if not isinstance(error, ApiError):
        return back_off if is_repeatable else None
    was_refused_unread = error.status in (429, 503)
    # 409: an earlier attempt of this same request is still running.
    is_passing = was_refused_unread or (is_repeatable and (error.status >= 500 or error.code == "idempotency_in_progress"))
    if not is_passing or (error.retry_after or 0) > _RETRY_AFTER_MAX_S:
        return None
    return back_off if error.retry_after is None else error.retry_after


def _lost(error: Exception, timeout: float) -> ConnectionError:
    if isinstance(error, socket.timeout):
        return TimeoutError(f"No answer within {timeout:g} s.")
    return ConnectionError(f"The API could not be reached, or the connection broke: {error!r}")


def _malformed(status: int, request_id: Optional[str], text: str) -> MalformedAnswerError:
    message = f"The answer is not what the API promises: {text[:200]}"
    return MalformedAnswerError(message, status=status, code="malformed_answer", request_id=request_id)


def _headers_of(response: http.client.HTTPResponse) -> Dict[str, str]:
    return {name.lower(): value for name, value in response.getheaders()}


def _query_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, (list, tuple)) else str(value)
