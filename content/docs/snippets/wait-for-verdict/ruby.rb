require 'email_verifier'

client = EmailVerifier::Client.new
answer = client.verify('pending-then-deliverable@example.com', timeout_ms: 500)
puts answer.status
answer = client.verifications.wait(answer.id) if answer.status == 'pending'
puts [answer.status, answer.reason].join(' ')
