"""The client: each API call is one method, with the API's own names for arguments and results."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, Generic, Iterator, List, Mapping, Optional, Sequence, Tuple, Type, TypeVar, Union

from ._errors import ListError, TimeoutError
from ._transport import Call, Transport, make_options, segment
from ._upload import FileSource, Upload, UploadProgress
from .models import (
    ApiKey,
    Credits,
    Delivery,
    Domain,
    EmailList,
    Feedback,
    LedgerLine,
    ListRow,
    ListedVerification,
    ReasonInfo,
    Usage,
    Verification,
    Webhook,
)

T = TypeVar("T")
Json = Dict[str, Any]

_STANDING = ("completed", "cancelled", "failed", "expired", "paused")
_UNREAD = ("uploading", "parsing")
_POLL_MAX_S = 5.0


class Pages(Generic[T]):
    """Iterates over all items of a listing and loads pages as needed."""

    def __init__(self, transport: Transport, path: str, query: Mapping[str, Any], model: Type[T]) -> None:
        self._transport = transport
        self._path = path
        self._query = query
        self._model = model

    def page(self, cursor: Optional[str] = None) -> Tuple[List[T], Optional[str]]:
        """Returns one page and the cursor of the next, if you keep cursors yourself."""
        call = Call("GET", self._path, query={**self._query, "cursor": cursor})
        return self._transport.page(call, self._model)

    def __iter__(self) -> Iterator[T]:
        cursor = None
        while True:
            items, cursor = self.page(cursor)
            for item in items:
                yield item
            if cursor is None:
                return


class VerifiedList:
    """A completed list and its rows."""

    def __init__(self, list: EmailList, rows: Pages[ListRow]) -> None:
        self.list = list
        self.rows = rows


class EmailVerifier:
    """`timeout` limits one attempt, `total_timeout` a whole call including retries and waits; both are in seconds."""

    def __init__(
        self,
        api_key: Optional[str] = None,
        *,
        base_url: Optional[str] = None,
        timeout: float = 60.0,
        total_timeout: Optional[float] = None,
        max_retries: int = 2,
    ) -> None:
        """By default, the key comes from EMAIL_VERIFIER_API_KEY and the base URL from EMAIL_VERIFIER_BASE_URL."""
        self._use(Transport(make_options(api_key, base_url, timeout, total_timeout, max_retries)))

    def _use(self, transport: Transport) -> None:
        self._transport = transport
        self.verifications = Verifications(transport)
        self.lists = Lists(transport)
        self.credits = CreditsResource(transport)
        self.feedback = FeedbackResource(transport)
        self.webhooks = Webhooks(transport)
        self.keys = Keys(transport)

    def with_options(self, **changes: Any) -> "EmailVerifier":
        """Returns the same client with another timeout, total_timeout or max_retries; connections are shared."""
        client = EmailVerifier.__new__(EmailVerifier)
        client._use(self._transport.with_options(**changes))
        return client

    def __enter__(self) -> "EmailVerifier":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def close(self) -> None:
        """Closes the idle connections."""
        self._transport.close()

    def verify(
        self,
        email: str,
        *,
        timeout_ms: Optional[int] = None,
        max_age_s: Optional[int] = None,
        policy: Optional[str] = None,
        metadata: Optional[Json] = None,
        idempotency_key: Optional[str] = None,
    ) -> Verification:
        """Verifies one address. While the status is `pending`, the check is still running; `verifications.wait` returns the verdict."""
        body = {"email": email, "timeout_ms": timeout_ms, "max_age_s": max_age_s, "policy": policy, "metadata": metadata}
        call = Call("POST", "/v1/verify/single", json=_given(body), spends=True, idempotency_key=idempotency_key)
        return self._transport.json(call, Verification)

    def verify_batch(
        self,
        emails: Sequence[Union[str, Json]],
        *,
        name: Optional[str] = None,
        policy: Optional[str] = None,
        retention_days: Optional[int] = None,
        metadata: Optional[Json] = None,
        idempotency_key: Optional[str] = None,
    ) -> EmailList:
        """Verifies up to 1,000 addresses as a list, which starts at once. An item is an address, or has `email`, `ref` and `metadata`."""
        body = {"emails": list(emails), "name": name, "policy": policy, "retention_days": retention_days, "metadata": metadata}
        call = Call("POST", "/v1/verify/batch", json=_given(body), spends=True, idempotency_key=idempotency_key)
        return self._transport.json(call, EmailList)

    def usage(self, *, from_: Optional[str] = None, to: Optional[str] = None, group_by: Optional[str] = None) -> Usage:
        """Summarizes the answers in a range of days, by day, key, status or reason."""
        return self._transport.json(Call("GET", "/v1/usage", query={"from": from_, "to": to, "group_by": group_by}), Usage)

    def domain(self, name: str) -> Domain:
        """Looks up what is known about a domain."""
        return self._transport.json(Call("GET", f"/v1/domains/{segment(name)}"), Domain)

    def reasons(self) -> List[ReasonInfo]:
        """Every reason with its status, and whether it costs a credit."""
        items, _ = self._transport.page(Call("GET", "/v1/reasons"), ReasonInfo)
        return items

    def openapi(self) -> Json:
        """The API's own description, OpenAPI 3.1."""
        return self._transport.json(Call("GET", "/v1/openapi.json"))


class Verifications:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, id: str) -> Verification:
        return self._transport.json(Call("GET", f"/v1/verifications/{segment(id)}"), Verification)

    def list(self, *, email: Optional[str] = None, limit: Optional[int] = None) -> Pages[ListedVerification]:
        """With `email`, lists every answer about that address, from single checks and lists."""
        return Pages(self._transport, "/v1/verifications", {"email": email, "limit": limit}, ListedVerification)

    def wait(self, id: str, *, timeout: Optional[float] = 120.0, interval: float = 0.5) -> Verification:
        """Waits until the verdict is final, by default for two minutes. Greylisting takes longer."""
        pause = _Pause(timeout, interval)
        while True:
            found = self.get(id)
            if found.status != "pending":
                return found
            time.sleep(pause.next())


class Lists:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def verify(
        self,
        file: FileSource,
        *,
        timeout: Optional[float] = None,
        interval: float = 0.5,
        on_progress: Optional[Callable[[EmailList], None]] = None,
        **settings: Any,
    ) -> VerifiedList:
        """Uploads a file and verifies it. Returns the completed list and its rows. Takes the settings of `create`."""
        created = self.create(file, start=True, **settings)
        if on_progress:
            on_progress(created)
        done = self.wait(created.id, timeout=timeout, interval=interval, on_progress=on_progress)
        if done.status != "completed":
            raise _list_error(done)
        return VerifiedList(done, self.results(done.id))

    def create(
        self,
        file: FileSource,
        *,
        file_name: Optional[str] = None,
        name: Optional[str] = None,
        policy: Optional[str] = None,
        start: Optional[bool] = None,
        mode: Optional[str] = None,
        credit_cap: Optional[int] = None,
        retention_days: Optional[int] = None,
        metadata: Optional[Json] = None,
        email_column: Union[str, int, None] = None,
        has_header: Optional[bool] = None,
        on_upload_progress: Optional[Callable[[UploadProgress], None]] = None,
        idempotency_key: Optional[str] = None,
    ) -> EmailList:
        """Uploads a file: its path, its bytes, or a file opened for reading bytes. `start`: whether to verify it as soon as it is read."""
        fields = {
            "name": name,
            "policy": policy,
            "start": start,
            "mode": mode,
            "credit_cap": credit_cap,
            "retention_days": retention_days,
            "metadata": metadata,
            "email_column": email_column,
            "has_header": has_header,
        }
        upload = Upload(file, file_name, fields, on_upload_progress)
        call = Call("POST", "/v1/lists", upload=upload, spends=True, idempotency_key=idempotency_key)
        return self._transport.json(call, EmailList)

    def list(self, *, status: Optional[str] = None, limit: Optional[int] = None) -> Pages[EmailList]:
        return Pages(self._transport, "/v1/lists", {"status": status, "limit": limit}, EmailList)

    def get(self, id: str) -> EmailList:
        return self._transport.json(Call("GET", _list_path(id)), EmailList)

    def update(
        self,
        id: str,
        *,
        retention_days: Optional[int] = None,
        email_column: Union[str, int, None] = None,
        has_header: Optional[bool] = None,
    ) -> EmailList:
        """Changes how many days the list is kept, or which column holds the addresses."""
        body = {"retention_days": retention_days, "email_column": email_column, "has_header": has_header}
        return self._transport.json(Call("PATCH", _list_path(id), json=_given(body)), EmailList)

    def delete(self, id: str) -> EmailList:
        """Deletes the list's rows. The list itself is kept, as `expired`, with its totals."""
        return self._transport.json(Call("DELETE", _list_path(id)), EmailList)

    def start(
        self,
        id: str,
        *,
        mode: Optional[str] = None,
        credit_cap: Optional[int] = None,
        email_column: Union[str, int, None] = None,
        has_header: Optional[bool] = None,
        idempotency_key: Optional[str] = None,
    ) -> EmailList:
        body = {"mode": mode, "credit_cap": credit_cap, "email_column": email_column, "has_header": has_header}
        return self._transport.json(_spending_move(id, "start", body, idempotency_key), EmailList)

    def resume(self, id: str, *, credit_cap: Optional[int] = None, idempotency_key: Optional[str] = None) -> EmailList:
        return self._transport.json(_spending_move(id, "resume", {"credit_cap": credit_cap}, idempotency_key), EmailList)

    def retry_unknowns(
        self, id: str, *, mode: Optional[str] = None, credit_cap: Optional[int] = None, idempotency_key: Optional[str] = None
    ) -> EmailList:
        body = {"mode": mode, "credit_cap": credit_cap}
        return self._transport.json(_spending_move(id, "retry-unknowns", body, idempotency_key), EmailList)

    def pause(self, id: str) -> EmailList:
        return self._transport.json(Call("POST", f"{_list_path(id)}/pause"), EmailList)

    def cancel(self, id: str) -> EmailList:
        return self._transport.json(Call("POST", f"{_list_path(id)}/cancel"), EmailList)

    def results(
        self,
        id: str,
        *,
        status: Optional[str] = None,
        reason: Optional[str] = None,
        segment: Optional[str] = None,
        provider: Optional[str] = None,
        q: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> Pages[ListRow]:
        """The list's rows, even while the list is running."""
        query = {"status": status, "reason": reason, "segment": segment, "provider": provider, "q": q, "limit": limit}
        return Pages(self._transport, f"{_list_path(id)}/results", query, ListRow)

    def download(
        self,
        id: str,
        *,
        segment: Optional[str] = None,
        format: Optional[str] = None,
        columns: Optional[Sequence[str]] = None,
        bom: Optional[bool] = None,
        status: Optional[str] = None,
        reason: Optional[str] = None,
        provider: Optional[str] = None,
        q: Optional[str] = None,
    ) -> Iterator[bytes]:
        """Streams the whole list as a file, piece by piece, in its original columns and order."""
        query = {"segment": segment, "format": format, "columns": columns, "bom": bom, "status": status, "reason": reason}
        call = Call("GET", f"{_list_path(id)}/download", query={**query, "provider": provider, "q": q})
        return self._transport.stream(call)

    def wait(
        self,
        id: str,
        *,
        until: str = "done",
        timeout: Optional[float] = None,
        interval: float = 0.5,
        on_progress: Optional[Callable[[EmailList], None]] = None,
    ) -> EmailList:
        """Waits until the list is completed or has stopped (paused, failed, or waiting for its column to be chosen).
        `until="ready"`: only until the file is read and quoted."""
        pause = _Pause(timeout, interval)
        while True:
            found = self.get(id)
            if on_progress:
                on_progress(found)
            if _is_standing(found) if until == "done" else found.status not in _UNREAD:
                return found
            time.sleep(pause.next())


class CreditsResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self) -> Credits:
        return self._transport.json(Call("GET", "/v1/credits"), Credits)

    def ledger(self, *, kind: Optional[str] = None, limit: Optional[int] = None) -> Pages[LedgerLine]:
        return Pages(self._transport, "/v1/credits/ledger", {"kind": kind, "limit": limit}, LedgerLine)


class FeedbackResource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def report(
        self,
        outcome: str,
        *,
        email: Optional[str] = None,
        verification_id: Optional[str] = None,
        smtp_code: Union[str, int, None] = None,
    ) -> Feedback:
        """Reports what happened to mail sent to a checked address. Reporting the same outcome again changes nothing."""
        body = {"email": email, "verification_id": verification_id, "outcome": outcome, "smtp_code": smtp_code}
        return self._transport.json(Call("POST", "/v1/feedback", json=_given(body), spends=True), Feedback)

    def report_many(self, outcomes: Sequence[Json]) -> List[Feedback]:
        """The answers are in the order of the outcomes; one that was not accepted has `error`."""
        items, _ = self._transport.page(Call("POST", "/v1/feedback", json=list(outcomes), spends=True), Feedback)
        return items


class Webhooks:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, *, url: str, events: Sequence[str], description: Optional[str] = None) -> Webhook:
        """The response contains the secret, which is shown only once."""
        body = {"url": url, "events": list(events), "description": description}
        return self._transport.json(Call("POST", "/v1/webhooks", json=_given(body)), Webhook)

    def list(self) -> List[Webhook]:
        items, _ = self._transport.page(Call("GET", "/v1/webhooks"), Webhook)
        return items

    def get(self, id: str) -> Webhook:
        return self._transport.json(Call("GET", _webhook_path(id)), Webhook)

    def update(
        self,
        id: str,
        *,
        url: Optional[str] = None,
        events: Optional[Sequence[str]] = None,
        description: Optional[str] = None,
        state: Optional[str] = None,
    ) -> Webhook:
        body = _given({"url": url, "events": events, "description": description, "state": state})
        return self._transport.json(Call("PATCH", _webhook_path(id), json=body), Webhook)

    def delete(self, id: str) -> None:
        self._transport.json(Call("DELETE", _webhook_path(id)))

    def rotate_secret(self, id: str) -> Webhook:
        """The response contains the new secret, which is shown only once. For a while, the old secret signs as well."""
        return self._transport.json(Call("POST", f"{_webhook_path(id)}/rotate-secret"), Webhook)

    def test(self, id: str, event: Optional[str] = None) -> Delivery:
        """Sends a test event."""
        return self._transport.json(Call("POST", f"{_webhook_path(id)}/test", json=_given({"event": event})), Delivery)

    def deliveries(self, id: str, *, state: Optional[str] = None, limit: Optional[int] = None) -> Pages[Delivery]:
        return Pages(self._transport, f"{_webhook_path(id)}/deliveries", {"state": state, "limit": limit}, Delivery)

    def replay(self, id: str, delivery_id: str) -> Delivery:
        """Delivers the same event again."""
        return self._transport.json(Call("POST", f"{_webhook_path(id)}/deliveries/{segment(delivery_id)}/replay"), Delivery)


class Keys:
    """Manages API keys. Needs a key with the scope keys:admin, which cannot create a key with more rights than its own."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        *,
        name: str,
        scopes: Sequence[str],
        mode: Optional[str] = None,
        expires_at: Optional[str] = None,
        monthly_budget: Optional[int] = None,
        allowed_ips: Optional[Sequence[str]] = None,
        allowed_origins: Optional[Sequence[str]] = None,
    ) -> ApiKey:
        """The response contains the secret in `key`, which is shown only once. mode: live (the default), test or pub."""
        body = {
            "name": name,
            "scopes": list(scopes),
            "mode": mode,
            "expires_at": expires_at,
            "monthly_budget": monthly_budget,
            "allowed_ips": allowed_ips,
            "allowed_origins": allowed_origins,
        }
        return self._transport.json(Call("POST", "/v1/keys", json=_given(body)), ApiKey)

    def list(self) -> List[ApiKey]:
        items, _ = self._transport.page(Call("GET", "/v1/keys"), ApiKey)
        return items

    def get(self, id: str) -> ApiKey:
        return self._transport.json(Call("GET", _key_path(id)), ApiKey)

    def update(self, id: str, **change: Any) -> ApiKey:
        """name, scopes, expires_at, monthly_budget, allowed_ips, allowed_origins. Omitted settings stay unchanged; None removes a limit."""
        return self._transport.json(Call("PATCH", _key_path(id), json=change), ApiKey)

    def revoke(self, id: str) -> ApiKey:
        """Revokes the key permanently."""
        return self._transport.json(Call("DELETE", _key_path(id)), ApiKey)

    def rotate(self, id: str, *, old_hours: Optional[int] = None) -> ApiKey:
        """The response contains the new secret in `key`, which is shown only once. The old secret keeps working for `old_hours` hours (default 24)."""
        return self._transport.json(Call("POST", f"{_key_path(id)}/rotate", json=_given({"old_hours": old_hours})), ApiKey)


class _Pause:
    """How long to wait between two polls: half as long again each time, and never past the end."""

    def __init__(self, timeout: Optional[float], interval: float) -> None:
        self._ends_at = None if timeout is None else time.monotonic() + timeout
        self._wait = interval
        self._timeout = timeout
        self._most = max(_POLL_MAX_S, interval)

    def next(self) -> float:
        wait = self._wait
        if self._ends_at is not None and time.monotonic() + wait >= self._ends_at:
            raise TimeoutError(f"Not done within {self._timeout:g} s.")
        self._wait = min(self._most, wait * 1.5)
        return wait


def _given(values: Json) -> Json:
    return {name: value for name, value in values.items() if value is not None}


def _list_path(id: str) -> str:
    return f"/v1/lists/{segment(id)}"


def _key_path(id: str) -> str:
    return f"/v1/keys/{segment(id)}"


def _webhook_path(id: str) -> str:
    return f"/v1/webhooks/{segment(id)}"


def _spending_move(id: str, move: str, body: Json, idempotency_key: Optional[str]) -> Call:
    return Call("POST", f"{_list_path(id)}/{move}", json=_given(body) or None, spends=True, idempotency_key=idempotency_key)


def _is_standing(found: EmailList) -> bool:
    return found.status in _STANDING or (found.status == "ready" and found.failure is not None)


def _list_error(found: EmailList) -> ListError:
    code = found.failure.code if found.failure else found.pause_reason or found.status
    detail = found.failure.detail if found.failure else f"The list is {found.status} ({code})."
    return ListError(detail, code, found)
