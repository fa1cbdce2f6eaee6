curl -sS --get "$EMAIL_VERIFIER_BASE_URL/compat/kickbox/v2/verify" \
  --data-urlencode "apikey=$EMAIL_VERIFIER_API_KEY" \
  --data-urlencode "email=rejected-email@example.com"
