import os
import sys

from email_verifier import unwrap_webhook

# Read as in CGI. In a web framework, use the raw body and the headers of the request.
body = sys.stdin.buffer.read()
headers = {name: os.environ["HTTP_" + name.upper().replace("-", "_")] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}

event = unwrap_webhook(body, headers, os.environ["WEBHOOK_SECRET"])
print(event.event, event.data["list_id"])
