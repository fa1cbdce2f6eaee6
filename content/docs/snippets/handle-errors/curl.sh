# Check the status; "code" in the body says what went wrong.
curl -sS --write-out '\nstatus %{http_code}\n' "$EMAIL_VERIFIER_BASE_URL/v1/verify/single" \
  --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" \
  --json '{"email": "http-402@example.com"}'
