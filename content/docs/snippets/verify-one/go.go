package main

import (
	"context"
	"fmt"
	"log"

	emailverifier "github.com/email-verifier/email-verifier-go"
)

func main() {
	client, err := emailverifier.NewClient()
	if err != nil {
		log.Fatal(err)
	}
	answer, err := client.Verify(context.Background(), "mailbox-not-found@example.com", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Status, answer.Reason, answer.Recommendation)
}
