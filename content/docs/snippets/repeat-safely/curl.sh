key="signup-$(date +%s)-$$"
verify() {
  curl -sS "$EMAIL_VERIFIER_BASE_URL/v1/verify/single" \
    --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" \
    --header "Idempotency-Key: $key" \
    --json '{"email": "mailbox-exists@example.com"}'
}

# Sent twice with one key, the call runs once. The second answer also has the header Idempotent-Replayed.
first=$(verify)
again=$(verify)
if [ -n "$first" ] && [ "$first" = "$again" ]; then echo 'same answer'; else echo 'done twice'; fi
