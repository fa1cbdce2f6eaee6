# frozen_string_literal: true

require_relative 'email_verifier/version'
require_relative 'email_verifier/errors'
require_relative 'email_verifier/model'
require_relative 'email_verifier/models'
require_relative 'email_verifier/upload'
require_relative 'email_verifier/transport'
require_relative 'email_verifier/pages'
require_relative 'email_verifier/lists'
require_relative 'email_verifier/webhooks'
require_relative 'email_verifier/keys'
require_relative 'email_verifier/client'

# The client for Email Verifier's API, which tells whether a mailbox exists without sending mail.
module EmailVerifier
end
