curl -sS --get "$EMAIL_VERIFIER_BASE_URL/compat/emailable/v1/verify" \
  --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" \
  --data-urlencode "email=mailbox-not-found@example.com"
