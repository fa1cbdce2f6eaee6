curl -sS "$EMAIL_VERIFIER_BASE_URL/v1/verify/batch" \
  --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" \
  --json '{"emails": ["mailbox-exists@example.com", {"email": "null-mx@example.com", "ref": "customer-7"}]}'
