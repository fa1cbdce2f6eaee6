import uuid

from email_verifier import EmailVerifier

client = EmailVerifier()
key = f"signup-{uuid.uuid4()}"
first = client.verify("mailbox-exists@example.com", idempotency_key=key)
again = client.verify("mailbox-exists@example.com", idempotency_key=key)
print("same answer" if first.id == again.id else "done twice")
