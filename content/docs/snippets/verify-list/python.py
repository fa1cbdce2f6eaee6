import sys

from email_verifier import EmailVerifier

client = EmailVerifier()
done = client.lists.verify(
    "customers.csv",
    on_progress=lambda found: print(found.progress.processed, "of", found.progress.total, file=sys.stderr),
)
for row in done.rows:
    print(row.email, row.status, row.reason)
print(done.list.id, done.list.status)
