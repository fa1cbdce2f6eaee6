package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	emailverifier "github.com/email-verifier/email-verifier-go"
)

func main() {
	// Read as in CGI. In a handler, use the raw body and request.Header.
	body, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	header := http.Header{}
	header.Set("webhook-id", os.Getenv("HTTP_WEBHOOK_ID"))
	header.Set("webhook-timestamp", os.Getenv("HTTP_WEBHOOK_TIMESTAMP"))
	header.Set("webhook-signature", os.Getenv("HTTP_WEBHOOK_SIGNATURE"))

	event, err := emailverifier.UnwrapWebhook(body, header, os.Getenv("WEBHOOK_SECRET"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(event.Event, event.Data["list_id"])
}
