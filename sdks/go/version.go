package emailverifier

// Version of this client.
const Version = "0.1.0"
