require 'email_verifier'

# Read as in CGI. In Rails, use request.raw_post and request.env.
body = $stdin.binmode.read

event = EmailVerifier.unwrap_webhook(body, ENV, ENV.fetch('WEBHOOK_SECRET'))
puts [event.event, event.data['list_id']].join(' ')
