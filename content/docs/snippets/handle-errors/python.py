from email_verifier import EmailVerifier, PaymentRequiredError, RateLimitError

client = EmailVerifier()
try:
    client.verify("http-402@example.com")
except PaymentRequiredError as error:
    print(error.code, error.request_id)
except RateLimitError as error:
    print("again in", error.retry_after, "s")
