"""The client for Email Verifier's API, which tells whether a mailbox exists without sending mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._client import EmailVerifier, Pages, VerifiedList
from ._errors import (
    ApiError,
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    ConnectionError,
    EmailVerifierError,
    InvalidRequestError,
    ListError,
    MalformedAnswerError,
    NotFoundError,
    PaymentRequiredError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    TimeoutError,
    WebhookSignatureError,
)
from ._upload import UploadProgress
from ._version import VERSION as __version__
from ._webhooks import unwrap_webhook

if TYPE_CHECKING:
    from ._async_client import AsyncEmailVerifier, AsyncPages, AsyncVerifiedList

_ASYNC = ("AsyncEmailVerifier", "AsyncPages", "AsyncVerifiedList")

__all__ = [
    "ApiError",
    "AsyncEmailVerifier",
    "AsyncPages",
    "AsyncVerifiedList",
    "AuthenticationError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionError",
    "EmailVerifier",
    "EmailVerifierError",
    "InvalidRequestError",
    "ListError",
    "MalformedAnswerError",
    "NotFoundError",
    "Pages",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "TimeoutError",
    "UploadProgress",
    "VerifiedList",
    "WebhookSignatureError",
    "__version__",
    "unwrap_webhook",
]


def __getattr__(name: str) -> Any:
    """Loads asyncio only for those who use it, because it takes half of the import time."""
    if name not in _ASYNC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import _async_client

    return getattr(_async_client, name)
