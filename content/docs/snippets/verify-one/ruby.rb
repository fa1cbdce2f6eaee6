require 'email_verifier'

client = EmailVerifier::Client.new
answer = client.verify('mailbox-not-found@example.com')
puts [answer.status, answer.reason, answer.recommendation].join(' ')
