"""What can go wrong, as types. Everything raised here is an EmailVerifierError; what the API refused is an ApiError."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Mapping, Optional

if TYPE_CHECKING:
    from .models import EmailList


class EmailVerifierError(Exception):
    """The base of all errors of this package."""


class ConfigurationError(EmailVerifierError):
    """The client was made in a way that can't work."""


class ConnectionError(EmailVerifierError):
    """The API could not be reached, or the connection broke."""


class TimeoutError(ConnectionError):
    """No answer within the time allowed."""


class WebhookSignatureError(EmailVerifierError):
    """A webhook that is not ours, was changed on its way, or is too old."""


class ListError(EmailVerifierError):
    """A list that did not complete: it failed, was cancelled, or is paused."""

    def __init__(self, message: str, code: str, list: "EmailList") -> None:
        super().__init__(message)
        self.code = code
        self.list = list


class ApiError(EmailVerifierError):
    """The API refused. `code` is stable and for programs; the message is for people; support asks for `request_id`."""

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
        #: Seconds after which a retry makes sense.
        self.retry_after = retry_after
        #: What is wrong, by field.
        self.fields = dict(fields or {})


class MalformedAnswerError(ApiError):
    """An answer that is not what the API promises: most often of something between us and it."""


class InvalidRequestError(ApiError):
    """400, 413, 415, 422."""


class AuthenticationError(ApiError):
    """401."""


class PaymentRequiredError(ApiError):
    """402: no credits, or the budget of the key is used up."""


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
    """From an answer that is no success; its body may be anything."""
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
