package main

import (
	"context"
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
	params := &emailverifier.VerifyParams{TimeoutMS: emailverifier.Ptr(500)}
	answer, err := client.Verify(ctx, "pending-then-deliverable@example.com", params)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Status)
	if answer.Status == emailverifier.StatusPending {
		answer, err = client.Verifications.Wait(ctx, answer.ID, nil)
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(answer.Status, answer.Reason)
}
