curl -sS "$EMAIL_VERIFIER_BASE_URL/v1/lists/$LIST_ID/download?segment=send&format=csv" \
  --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" --output send.csv
