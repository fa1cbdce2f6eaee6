package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log"

	emailverifier "github.com/email-verifier/email-verifier-go"
)

func main() {
	ctx := context.Background()
	client, err := emailverifier.NewClient()
	if err != nil {
		log.Fatal(err)
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		log.Fatal(err)
	}
	params := &emailverifier.VerifyParams{IdempotencyKey: fmt.Sprintf("signup-%x", random)}
	first, err := client.Verify(ctx, "mailbox-exists@example.com", params)
	if err != nil {
		log.Fatal(err)
	}
	again, err := client.Verify(ctx, "mailbox-exists@example.com", params)
	if err != nil {
		log.Fatal(err)
	}
	if first.ID == again.ID {
		fmt.Println("same answer")
	}
}
