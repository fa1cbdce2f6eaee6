# frozen_string_literal: true

require 'json'
require 'net/http'
require 'openssl'
require 'securerandom'
require 'uri'

module EmailVerifier
  # One API call. One that spends credits carries an Idempotency-Key, the same on each attempt, so that a retry is never charged
  # twice; a POST without one is retried only if it was refused before it began.
  Call = Struct.new(:method, :path, :query, :json, :upload, :spends, :idempotency_key, keyword_init: true)
  private_constant :Call

  # Runs a call: its attempts, their time limits, and when to retry.
  class Transport
    DEFAULT_BASE_URL = 'http://localhost:3000'
    BACK_OFF_FIRST_S = 0.5
    BACK_OFF_MAX_S = 8.0
    # If the API asks for a longer wait than this, the call fails instead of waiting.
    RETRY_AFTER_MAX_S = 60
    KEEP_ALIVE_S = 15
    REQUESTS = { get: Net::HTTP::Get, post: Net::HTTP::Post, patch: Net::HTTP::Patch, delete: Net::HTTP::Delete }.freeze
    LOST = [SystemCallError, SocketError, IOError, OpenSSL::SSL::SSLError, Net::HTTPBadResponse, Net::ProtocolError].freeze
    TIMED_OUT = [Net::OpenTimeout, Net::ReadTimeout, Net::WriteTimeout].freeze
    private_constant(*constants(false))

    def initialize(api_key:, base_url:, timeout:, total_timeout:, max_retries:)
      @api_key = api_key || ENV.fetch('EMAIL_VERIFIER_API_KEY', nil)
      raise ConfigurationError, 'No API key: pass api_key, or set EMAIL_VERIFIER_API_KEY.' if @api_key.to_s.empty?
      raise ConfigurationError, 'The API key has characters that no key has.' unless @api_key.match?(/\A[\x21-\x7e]+\z/)

      @base = URI((base_url || ENV.fetch('EMAIL_VERIFIER_BASE_URL', DEFAULT_BASE_URL)).delete_suffix('/'))
      raise ConfigurationError, "The base URL is not one of http or https: #{@base}" unless @base.is_a?(URI::HTTP)

      @timeout = timeout
      @total_timeout = total_timeout
      @max_retries = max_retries
      @idle = Thread::Queue.new
    end

    # Escapes one segment of a path.
    def self.segment(text)
      URI.encode_www_form_component(text).gsub('+', '%20')
    end

    def get(path, query = {})
      json(method: :get, path: path, query: query)
    end

    def post(path, json = nil, **how)
      json(method: :post, path: path, json: json, **how)
    end

    # Returns the answer, which has to be a Hash.
    def json(**call)
      run(Call.new(**call)) do |request, timeout|
        answer = exchange(request, timeout) { |response| [response, read_whole(response)] }
        read(*answer)
      end
    end

    # Streams the response body.
    def stream(**call, &block)
      has_begun = false
      run(Call.new(**call), give_up: -> { has_begun }) do |request, timeout|
        exchange(request, timeout) do |response|
          raise ApiError.from(response, read_whole(response)) unless response.is_a?(Net::HTTPSuccess)

          read_whole(response) do |chunk|
            has_begun = true
            block.call(chunk)
          end
        end
      end
    end

    private

    def run(call, give_up: -> { false })
      key = call.idempotency_key || SecureRandom.uuid if call.spends
      ends_at = @total_timeout && (now + @total_timeout)
      retries = 0
      begin
        timeout = ends_at ? [@timeout, ends_at - now].min : @timeout
        attempt(call, key) { |request| yield request, timeout }
      rescue ApiError, ConnectionError => e
        wait = give_up.call ? nil : retry_after(e, retries, call)
        raise if wait.nil? || retries >= @max_retries || (ends_at && now + wait >= ends_at)

        sleep(wait)
        retries += 1
        retry
      end
    end

    def attempt(call, key)
      request = REQUESTS.fetch(call.method).new(target(call))
      request['authorization'] = "Bearer #{@api_key}"
      request['accept'] = 'application/json'
      request['accept-encoding'] = 'identity'
      request['user-agent'] = "email-verifier-ruby/#{VERSION} (ruby #{RUBY_VERSION})"
      request['idempotency-key'] = key if key
      return with_upload(request, call.upload) { yield request } if call.upload

      if call.json
        request['content-type'] = 'application/json'
        request.body = JSON.generate(call.json)
      end
      yield request
    end

    def with_upload(request, upload)
      request['content-type'] = upload.content_type
      size = upload.size
      size ? request.content_length = size : request['transfer-encoding'] = 'chunked'
      upload.open do |stream|
        request.body_stream = stream
        yield
      end
    end

    def target(call)
      query = (call.query || {}).compact.transform_values { |value| value.is_a?(Array) ? value.join(',') : value.to_s }
      path = @base.path + call.path
      query.empty? ? path : "#{path}?#{URI.encode_www_form(query)}"
    end

    # Sends a request on a connection that nothing else uses meanwhile; connections are kept for later requests.
    def exchange(request, timeout)
      http = connection(timeout)
      result = nil
      http.request(request) { |response| result = yield response }
      @idle << http if http.started?
      result
    rescue *TIMED_OUT
      finish(http)
      raise TimeoutError, "No answer within #{timeout.round(3)} s."
    rescue *LOST => e
      finish(http)
      raise ConnectionError, "The API could not be reached, or the connection broke: #{e.message}"
    rescue StandardError
      finish(http)
      raise
    end

    # Net::HTTP takes a truncated body for a complete one.
    def read_whole(response)
      whole = +''.b
      size = 0
      response.read_body do |chunk|
        size += chunk.bytesize
        block_given? ? yield(chunk) : whole << chunk
      end
      raise EOFError, 'the body broke off' if response.content_length && size < response.content_length

      whole
    end

    def connection(timeout)
      http = idle || open_new
      http.open_timeout = http.read_timeout = http.write_timeout = timeout
      start(http) unless http.started?
      http
    end

    def idle
      @idle.pop(true)
    rescue ThreadError
      nil
    end

    def open_new
      http = Net::HTTP.new(@base.host, @base.port)
      http.use_ssl = @base.scheme == 'https'
      # Net::HTTP would retry requests that only this class may retry.
      http.max_retries = 0
      http.keep_alive_timeout = KEEP_ALIVE_S
      http
    end

    def start(http)
      http.start
    rescue *TIMED_OUT
      raise TimeoutError, 'The API could not be reached in time.'
    rescue *LOST => e
      raise ConnectionError, "The API could not be reached: #{e.message}"
    end

    def finish(http)
      http.finish if http&.started?
    rescue IOError
      nil
    end

    def read(response, body)
      raise ApiError.from(response, body) unless response.is_a?(Net::HTTPSuccess)

      value = JSON.parse(body)
      return value if value.is_a?(Hash)

      raise JSON::ParserError, 'not an object'
    rescue JSON::ParserError
      message = "The answer is not what the API promises: #{body[0, 200].scrub}"
      raise MalformedAnswerError.new(message, status: response.code.to_i, code: 'malformed_answer', request_id: response['x-request-id'])
    end

    # Seconds until the next attempt, or nil for none. Exponential with full jitter, unless the API names a delay.
    def retry_after(error, retries, call)
      back_off = rand * [BACK_OFF_MAX_S, BACK_OFF_FIRST_S * (2**retries)].min
      is_repeatable = call.method != :post || call.spends
      return nil if error.is_a?(MalformedAnswerError) || (call.upload && !call.upload.can_replay?)
      return is_repeatable ? back_off : nil unless error.is_a?(ApiError)
      return nil unless passing?(error, is_repeatable) && (error.retry_after || 0) <= RETRY_AFTER_MAX_S

      error.retry_after || back_off
    end

    # 429 and 503: it was refused before it began. 409: an earlier attempt of this same request is still running.
    def passing?(error, is_repeatable)
      return true if [429, 503].include?(error.status)

      is_repeatable && (error.status >= 500 || error.code == 'idempotency_in_progress')
    end

    def now
      Process.clock_gettime(Process::CLOCK_MONOTONIC)
    end
  end
end
