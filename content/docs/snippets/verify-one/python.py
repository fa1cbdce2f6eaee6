from email_verifier import EmailVerifier

client = EmailVerifier()
answer = client.verify("mailbox-not-found@example.com")
print(answer.status, answer.reason, answer.recommendation)
