# frozen_string_literal: true

require_relative 'lib/email_verifier/version'

Gem::Specification.new do |spec|
  spec.name = 'email_verifier_client'
  spec.version = EmailVerifier::VERSION
  spec.summary = "The client of Email Verifier's API: tells whether a mailbox exists without sending mail."
  spec.authors = ['Email Verifier contributors']
  spec.license = 'MIT'
  spec.required_ruby_version = '>= 3.0'
  spec.files = Dir['lib/**/*.rb'] + %w[README.md LICENSE]
  spec.metadata = { 'rubygems_mfa_required' => 'true' }
end
