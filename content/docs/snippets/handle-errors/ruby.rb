require 'email_verifier'

client = EmailVerifier::Client.new
begin
  client.verify('http-402@example.com')
rescue EmailVerifier::PaymentRequiredError => e
  puts [e.code, e.request_id].join(' ')
rescue EmailVerifier::RateLimitError => e
  puts "again in #{e.retry_after} s"
end
