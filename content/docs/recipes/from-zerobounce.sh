curl -sS --get "$EMAIL_VERIFIER_BASE_URL/compat/zerobounce/v2/validate" \
  --data-urlencode "api_key=$EMAIL_VERIFIER_API_KEY" \
  --data-urlencode "email=invalid@example.com"
