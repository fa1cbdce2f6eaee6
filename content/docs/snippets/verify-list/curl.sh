api() {
  curl -sS --header "Authorization: Bearer $EMAIL_VERIFIER_API_KEY" "$@"
}

list=$(api "$EMAIL_VERIFIER_BASE_URL/v1/lists" \
  --form start=true --form file=@customers.csv)
id=$(printf '%s' "$list" | sed -n 's/.*"id": *"\(lst_[0-9A-Z]*\)".*/\1/p')

until printf '%s' "$list" | grep -Eq '"status": *"(completed|paused|failed|cancelled)"'
do
  sleep 1
  list=$(api "$EMAIL_VERIFIER_BASE_URL/v1/lists/$id")
done
api "$EMAIL_VERIFIER_BASE_URL/v1/lists/$id/download?format=csv"
