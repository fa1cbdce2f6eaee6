from email_verifier import EmailVerifier

client = EmailVerifier()
answer = client.verify("pending-then-deliverable@example.com", timeout_ms=500)
print(answer.status)
if answer.status == "pending":
    answer = client.verifications.wait(answer.id)
print(answer.status, answer.reason)
