# frozen_string_literal: true

require 'json'
require 'time'

module EmailVerifier
  # The base class of this gem's errors.
  class Error < StandardError; end

  # The client's settings are invalid.
  class ConfigurationError < Error; end

  # The API could not be reached, or the connection broke.
  class ConnectionError < Error; end

  # No answer within the time allowed.
  class TimeoutError < ConnectionError; end

  # A webhook that we did not send, that was changed in transit, or that is too old.
  class WebhookSignatureError < Error; end

  # A list that did not complete: it failed, was canceled, or is paused.
  class ListError < Error
    attr_reader :code, :list

    def initialize(message, code:, list:)
      super(message)
      @code = code
      @list = list
    end
  end

  # The API refused the call. `code` is stable and meant for programs, the message is for people, and support asks for `request_id`.
  class ApiError < Error
    # `retry_after`: seconds to wait before retrying; `fields`: what is wrong with each field.
    attr_reader :status, :code, :request_id, :retry_after, :fields

    def initialize(message, status:, code:, request_id: nil, retry_after: nil, fields: {})
      super(message)
      @status = status
      @code = code
      @request_id = request_id
      @retry_after = retry_after
      @fields = fields
    end

    # Builds the error from an unsuccessful response, whose body may be anything.
    def self.from(response, body)
      problem = parse(body)
      status = response.code.to_i
      type_of(status).new(
        problem['detail'] || problem['title'] || "The API answered #{status}.",
        status: status,
        code: problem['code'] || "http_#{status}",
        request_id: problem['request_id'] || response['x-request-id'],
        retry_after: read_retry_after(response['retry-after']),
        fields: Array(problem['errors']).to_h { |item| [item['field'], item['detail']] }
      )
    end

    def self.type_of(status)
      BY_STATUS.fetch(status) { status >= 500 ? ServerError : InvalidRequestError }
    end

    def self.parse(body)
      problem = JSON.parse(body)
      problem.is_a?(Hash) ? problem : {}
    rescue JSON::ParserError
      {}
    end

    # Seconds, or a date (RFC 9110 10.2.3).
    def self.read_retry_after(value)
      return nil if value.nil?
      return value.to_i if value.match?(/\A\d+\z/)

      [Time.httpdate(value) - Time.now, 0].max
    rescue ArgumentError
      nil
    end

    private_class_method :type_of, :parse, :read_retry_after
  end

  # A response that is not in the API's format, usually from a proxy in between.
  class MalformedAnswerError < ApiError; end

  # 400, 413, 415, 422.
  class InvalidRequestError < ApiError; end

  class AuthenticationError < ApiError; end

  # 402: there are no credits, or the key's budget is used up.
  class PaymentRequiredError < ApiError; end

  class PermissionDeniedError < ApiError; end

  class NotFoundError < ApiError; end

  class ConflictError < ApiError; end

  class RateLimitError < ApiError; end

  # 500 and above.
  class ServerError < ApiError; end

  class ApiError
    BY_STATUS = {
      401 => AuthenticationError,
      402 => PaymentRequiredError,
      403 => PermissionDeniedError,
      404 => NotFoundError,
      409 => ConflictError,
      429 => RateLimitError
    }.freeze
    private_constant :BY_STATUS
  end
end
