"""Checks the signature of webhooks (Standard Webhooks)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from typing import Mapping, Sequence, Union

from ._errors import WebhookSignatureError
from ._reader import read
from .models import WebhookEvent

_TOLERANCE_S = 5 * 60


def unwrap_webhook(payload: Union[str, bytes], headers: Mapping[str, str], secret: Union[str, Sequence[str]]) -> WebhookEvent:
    """Verifies a webhook's signature and returns its event; raises WebhookSignatureError if it is not from us.

    Pass the body exactly as received, not parsed and serialized again. Pass several secrets while one is being replaced.
    """
    body = payload.encode() if isinstance(payload, str) else payload
    by_name = {name.lower(): value for name, value in headers.items()}
    event_id, timestamp = by_name.get("webhook-id"), by_name.get("webhook-timestamp")
    signatures = by_name.get("webhook-signature")
    if not event_id or not timestamp or not signatures:
        raise WebhookSignatureError("A header of the signature is missing.")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > _TOLERANCE_S:
        raise WebhookSignatureError("The timestamp is too far from now.")
    signed = f"{event_id}.{timestamp}.".encode() + body
    given = [word[3:] for word in signatures.split(" ") if word.startswith("v1,")]
    ours = [_sign(one, signed) for one in ([secret] if isinstance(secret, str) else secret)]
    if not any(hmac.compare_digest(one.encode(), other.encode()) for one in ours for other in given):
        raise WebhookSignatureError("No signature is ours.")
    return read(WebhookEvent, json.loads(body))


def _sign(secret: str, signed: bytes) -> str:
    try:
        key = base64.b64decode(secret[6:] if secret.startswith("whsec_") else secret)
    except binascii.Error as error:
        raise WebhookSignatureError("The secret is not one of ours.") from error
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
