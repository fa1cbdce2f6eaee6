curl -sS "$EMAIL_VERIFIER_BASE_URL/compat/reacher/v0/check_email" \
  --header "Authorization: $EMAIL_VERIFIER_API_KEY" \
  --json '{"to_email": "mailbox-not-found@example.com"}'
