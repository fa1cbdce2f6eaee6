# frozen_string_literal: true

module EmailVerifier
  VERSION = '0.1.0'
end
