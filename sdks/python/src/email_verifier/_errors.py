"""The error types. Everything raised here is an EmailVerifierError; a refusal by the API is an ApiError."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Mapping, Optional

if TYPE_CHECKING:
    from .models import EmailList


class EmailVerifierError(Exception):
    """The base class of this package's errors."""


class ConfigurationError(EmailVerifierError):
    """The client's settings are invalid."""


class ConnectionError(EmailVerifierError):
    """The API could not be reached, or the connection broke."""


class TimeoutError(ConnectionError):
    """No answer within the time allowed."""


class WebhookSignatureError(EmailVerifierError):
    """A webhook that we did not send, that was changed in transit, or that is too old."""


class ListError(EmailVerifierError):
    """A list that did not complete: it failed, was canceled, or is paused."""

    def __init__(self, message: str, code: str, list: "EmailList") -> None:
        super().__init__(message)
        self.code = code
        self.list = list


class ApiError(EmailVerifierError):
    """The API refused the call. `code` is stable and meant for programs, the message is for people, and support asks for `request_id`."""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str,
        request_id: Optional[str] = None,
        retry_after: Optional[float] = None,
        fields: Optional[Mapping[str, str]] = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.request_id = request_id
        #: Seconds to wait before retrying.
        self.retry_after = retry_after
        #: What is wrong with each field.
        self.fields = dict(fields or {})


class MalformedAnswerError(ApiError):
    """A response that is not in the API's format, usually from a proxy in between."""


class InvalidRequestError(ApiError):
    """400, 413, 415, 422."""


class AuthenticationError(ApiError):
    """401."""


class PaymentRequiredError(ApiError):
    """402: there are no credits, or the key's budget is used up."""


class PermissionDeniedError(ApiError):
    """403."""


class NotFoundError(ApiError):
    """404."""


class ConflictError(ApiError):
    """409."""


class RateLimitError(ApiError):
    """429."""


class ServerError(ApiError):
    """500 and above."""


_BY_STATUS = {
    401: AuthenticationError,
    402: PaymentRequiredError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitError,
}


def to_api_error(status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
    """Builds the error from an unsuccessful response, whose body may be anything."""
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {}
    error_type = _BY_STATUS.get(status, ServerError if status >= 500 else InvalidRequestError)
    return error_type(
        problem.get("detail") or problem.get("title") or f"The API answered {status}.",
        status=status,
        code=problem.get("code") or f"http_{status}",
        request_id=problem.get("request_id") or headers.get("x-request-id"),
        retry_after=_read_retry_after(headers.get("retry-after")),
        fields={str(item.get("field")): str(item.get("detail")) for item in problem.get("errors") or []},
    )


def _read_retry_after(value: Optional[str]) -> Optional[float]:
    """Seconds, or a date (RFC 9110 10.2.3)."""
    if value is None:
        return None
    if value.isdigit():
        return float(value)
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
