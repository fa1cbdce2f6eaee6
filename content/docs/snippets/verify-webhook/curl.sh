# A CGI program: reads the body from standard input and the headers from variables. The x keeps newlines at the end of the body.
body=$(cat; printf x)
signed="$HTTP_WEBHOOK_ID.$HTTP_WEBHOOK_TIMESTAMP.${body%x}"
key=$(printf '%s' "${WEBHOOK_SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n')
signature=$(printf '%s' "$signed" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)

age=$(($(date +%s) - HTTP_WEBHOOK_TIMESTAMP))
if [ "$age" -gt 300 ] || [ "$age" -lt -300 ]; then exit 1; fi
case " $HTTP_WEBHOOK_SIGNATURE " in
  *" v1,$signature "*) printf '%s\n' "${body%x}" ;;
  *) exit 1 ;;
esac
