curl -sS "$EMAIL_VERIFIER_BASE_URL/v1/credits" \
  --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY"
