require 'email_verifier'
require 'securerandom'

client = EmailVerifier::Client.new
key = "signup-#{SecureRandom.uuid}"
first = client.verify('mailbox-exists@example.com', idempotency_key: key)
again = client.verify('mailbox-exists@example.com', idempotency_key: key)
puts first.id == again.id ? 'same answer' : 'done twice'
