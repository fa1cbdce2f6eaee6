module github.com/email-verifier/email-verifier-go

go 1.21
