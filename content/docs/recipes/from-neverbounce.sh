curl -sS --get "$EMAIL_VERIFIER_BASE_URL/compat/neverbounce/v4.2/single/check" \
  --data-urlencode "key=$EMAIL_VERIFIER_API_KEY" \
  --data-urlencode "email=mailbox-not-found@example.com"
