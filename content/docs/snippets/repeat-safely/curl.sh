# Sent twice under one key: done once, answered twice. The second answer says Idempotent-Replayed: true.
key="signup-$(date +%s)-$$"
for attempt in 1 2; do
  curl --silent --show-error --include "$EMAIL_VERIFIER_BASE_URL/v1/verify/single" \
    --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" \
    --header "Idempotency-Key: $key" \
    --json '{"email": "mailbox-exists@example.com"}'
done
echo same
