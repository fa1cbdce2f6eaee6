"""Reads one case a line, runs it with the SDK, and writes its result. `--async`: with the asyncio client."""

import asyncio
import json
import re
import sys
from typing import Any, Dict

from email_verifier import ApiError, AsyncEmailVerifier, EmailVerifier, ListError, unwrap_webhook

IS_ASYNC = "--async" in sys.argv
OWN = ("path", "text", "take", "id", "interval_ms", "timeout_ms")


async def settle(value: Any) -> Any:
    return await value if hasattr(value, "__await__") else value


async def collect(pages: Any, take: int = 1_000_000) -> list:
    items: list = []
    if hasattr(pages, "__aiter__"):
        async for item in pages:
            items.append(item)
            if len(items) >= take:
                break
        return items
    for item in pages:
        items.append(item)
        if len(items) >= take:
            break
    return items


def rest(args: Dict[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in args.items() if name not in OWN}


def source(args: Dict[str, Any]) -> Any:
    return args["path"] if "path" in args else args["text"].encode()


def waiting(args: Dict[str, Any]) -> Dict[str, Any]:
    named = {"interval": args.get("interval_ms"), "timeout": args.get("timeout_ms")}
    return {name: ms / 1000 for name, ms in named.items() if ms is not None}


async def create(client: Any, args: Dict[str, Any]) -> Any:
    told: list = []
    created = await settle(client.lists.create(source(args), on_upload_progress=told.append, **rest(args)))
    sent = [progress.sent_bytes for progress in told]
    upload = {
        "last_sent": sent[-1],
        "last_total": told[-1].total_bytes,
        "is_growing": sent == sorted(set(sent)),
        "is_often": len(sent) >= 10,
    }
    return {**created.to_dict(), "upload": upload}


async def verify_list(client: Any, args: Dict[str, Any]) -> Any:
    told: list = []
    tell = lambda found: told.append(found.progress.processed)
    done = await settle(client.lists.verify(source(args), on_progress=tell, **rest(args), **waiting(args)))
    return {"list": done.list, "told": told, "rows": await collect(done.rows)}


async def wait_for_list(client: Any, args: Dict[str, Any]) -> Any:
    told: list = []
    tell = lambda found: told.append(found.progress.processed)
    found = await settle(client.lists.wait(args["id"], on_progress=tell, **rest(args), **waiting(args)))
    return {**found.to_dict(), "told": told}


async def download(client: Any, args: Dict[str, Any]) -> Any:
    return {"text": b"".join(await collect(await settle(client.lists.download(args["id"], **rest(args))))).decode()}


OPERATIONS = {
    "verify": lambda c, a: c.verify(**a),
    "verify_batch": lambda c, a: c.verify_batch(**a),
    "verifications.get": lambda c, a: c.verifications.get(a["id"]),
    "verifications.list": lambda c, a: collect(c.verifications.list(**rest(a)), a.get("take", 1000)),
    "verifications.wait": lambda c, a: c.verifications.wait(a["id"], **waiting(a)),
    "lists.create": create,
    "lists.list": lambda c, a: collect(c.lists.list(**rest(a)), a.get("take", 1000)),
    "lists.get": lambda c, a: c.lists.get(a["id"]),
    "lists.update": lambda c, a: c.lists.update(**a),
    "lists.delete": lambda c, a: c.lists.delete(a["id"]),
    "lists.start": lambda c, a: c.lists.start(**a),
    "lists.pause": lambda c, a: c.lists.pause(a["id"]),
    "lists.resume": lambda c, a: c.lists.resume(**a),
    "lists.cancel": lambda c, a: c.lists.cancel(a["id"]),
    "lists.retry_unknowns": lambda c, a: c.lists.retry_unknowns(**a),
    "lists.results": lambda c, a: collect(c.lists.results(a["id"], **rest(a)), a.get("take", 1000)),
    "lists.download": download,
    "lists.wait": wait_for_list,
    "lists.verify": verify_list,
    "credits.get": lambda c, a: c.credits.get(),
    "credits.ledger": lambda c, a: collect(c.credits.ledger(**a)),
    "usage": lambda c, a: c.usage(from_=a["from"], to=a["to"], group_by=a["group_by"]),
    "feedback.report": lambda c, a: c.feedback.report(**a),
    "feedback.report_many": lambda c, a: c.feedback.report_many(a["items"]),
    "reasons.list": lambda c, a: c.reasons(),
    "domains.get": lambda c, a: c.domain(a["domain"]),
    "openapi": lambda c, a: c.openapi(),
    "keys.create": lambda c, a: c.keys.create(**a),
    "keys.list": lambda c, a: c.keys.list(),
    "keys.get": lambda c, a: c.keys.get(a["id"]),
    "keys.update": lambda c, a: c.keys.update(**a),
    "keys.revoke": lambda c, a: c.keys.revoke(a["id"]),
    "keys.rotate": lambda c, a: c.keys.rotate(**a),
    "webhooks.create": lambda c, a: c.webhooks.create(**a),
    "webhooks.list": lambda c, a: c.webhooks.list(),
    "webhooks.get": lambda c, a: c.webhooks.get(a["id"]),
    "webhooks.update": lambda c, a: c.webhooks.update(**a),
    "webhooks.delete": lambda c, a: c.webhooks.delete(a["id"]),
    "webhooks.rotate_secret": lambda c, a: c.webhooks.rotate_secret(a["id"]),
    "webhooks.test": lambda c, a: c.webhooks.test(a["id"], a["event"]),
    "webhooks.deliveries": lambda c, a: collect(c.webhooks.deliveries(a["id"], **rest(a))),
    "webhooks.replay": lambda c, a: c.webhooks.replay(a["id"], a["delivery_id"]),
    "webhooks.unwrap": lambda c, a: unwrap_webhook(a["payload"], a["headers"], a["secret"]),
}


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value.to_dict() if hasattr(value, "to_dict") else value


def failure(error: Exception) -> Dict[str, Any]:
    """`RateLimitError` → `rate_limit`."""
    name = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", type(error).__name__.replace("Error", "")).lower()
    told: Dict[str, Any] = {"type": name, "message": str(error)}
    if isinstance(error, ListError):
        told["code"] = error.code
    if isinstance(error, ApiError):
        told.update(code=error.code, status=error.status, request_id=error.request_id, retry_after_s=error.retry_after)
        told["fields"] = error.fields
    return told


def make_client(options: Dict[str, Any]) -> Any:
    for name in ("timeout", "total_timeout"):
        if f"{name}_ms" in options:
            options[name] = options.pop(f"{name}_ms") / 1000
    return (AsyncEmailVerifier if IS_ASYNC else EmailVerifier)(**options)


async def perform(line: str) -> Dict[str, Any]:
    call = json.loads(line)
    try:
        client = make_client(call["client"])
        try:
            return {"value": plain(await settle(OPERATIONS[call["op"]](client, call["args"])))}
        finally:
            client.close()
    except Exception as error:
        return {"error": failure(error)}


for line in sys.stdin:
    print(json.dumps(asyncio.run(perform(line))), flush=True)
