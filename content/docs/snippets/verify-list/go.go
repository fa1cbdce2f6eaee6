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
	file, err := emailverifier.FromPath("customers.csv")
	if err != nil {
		log.Fatal(err)
	}
	list, rows, err := client.Lists.Verify(ctx, file, &emailverifier.VerifyListParams{
		OnProgress: func(found *emailverifier.EmailList) {
			log.Printf("%d of %d", found.Progress.Processed, found.Progress.Total)
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	for rows.Next(ctx) {
		row := rows.Current()
		fmt.Println(row.Email, row.Status)
	}
	if err := rows.Err(); err != nil {
		log.Fatal(err)
	}
	fmt.Println(list.ID, list.Status)
}
