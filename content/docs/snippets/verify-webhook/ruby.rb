require 'email_verifier'

# As CGI gives them; in Rails, request.raw_post and request.env.
body = $stdin.binmode.read

event = EmailVerifier.unwrap_webhook(body, ENV, ENV.fetch('WEBHOOK_SECRET'))
puts [event.event, event.data['list_id']].join(' ')
