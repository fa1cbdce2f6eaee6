api() {
  curl -sS --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" "$@"
}

# 202: the call ran out of time, but the check continues. The verdict will be at poll_url.
answer=$(api "$EMAIL_VERIFIER_BASE_URL/v1/verify/single" \
  --json '{"email": "pending-then-deliverable@example.com", "timeout_ms": 500}')
printf '%s\n' "$answer"
id=$(printf '%s' "$answer" | sed -n 's/.*"id": *"\(ver_[0-9A-Z]*\)".*/\1/p')

while printf '%s' "$answer" | grep -q '"status": *"pending"'; do
  sleep 1
  answer=$(api "$EMAIL_VERIFIER_BASE_URL/v1/verifications/$id")
done
printf '%s\n' "$answer"
