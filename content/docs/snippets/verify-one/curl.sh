curl -sS "$EMAIL_VERIFIER_BASE_URL/v1/verify/single" \
  --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" \
  --json '{"email": "mailbox-not-found@example.com"}'
