package main

import (
	"context"
	"errors"
	"fmt"
	"log"

	emailverifier "github.com/email-verifier/email-verifier-go"
)

func main() {
	client, err := emailverifier.NewClient()
	if err != nil {
		log.Fatal(err)
	}
	_, err = client.Verify(context.Background(), "http-402@example.com", nil)
	var refused *emailverifier.APIError
	switch {
	case errors.Is(err, emailverifier.ErrPaymentRequired) && errors.As(err, &refused):
		fmt.Println(refused.Code, refused.RequestID)
	case errors.Is(err, emailverifier.ErrRateLimited) && errors.As(err, &refused):
		fmt.Println("again in", refused.RetryAfter)
	case err != nil:
		log.Fatal(err)
	}
}
