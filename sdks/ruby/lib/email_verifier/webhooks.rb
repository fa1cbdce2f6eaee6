# frozen_string_literal: true

require 'openssl'

module EmailVerifier
  # Webhook endpoints, which receive events.
  class Webhooks
    def initialize(transport)
      @transport = transport
    end

    # The response contains the secret, which is shown only once.
    def create(url:, events:, **more)
      Webhook.new(@transport.post('/v1/webhooks', { url: url, events: events, **more }))
    end

    def list
      @transport.get('/v1/webhooks').fetch('data').map { |item| Webhook.new(item) }
    end

    def get(id)
      Webhook.new(@transport.get(path(id)))
    end

    # url, events, description, state.
    def update(id, **change)
      Webhook.new(@transport.json(method: :patch, path: path(id), json: change))
    end

    def delete(id)
      @transport.json(method: :delete, path: path(id))
      nil
    end

    # The response contains the new secret, which is shown only once. For a while, the old secret signs as well.
    def rotate_secret(id)
      Webhook.new(@transport.post("#{path(id)}/rotate-secret"))
    end

    # Sends a test event.
    def test(id, event = nil)
      Delivery.new(@transport.post("#{path(id)}/test", { event: event }.compact))
    end

    def deliveries(id, state: nil, limit: nil)
      Pages.new(@transport, "#{path(id)}/deliveries", { state: state, limit: limit }, Delivery)
    end

    # Delivers the same event again.
    def replay(id, delivery_id)
      Delivery.new(@transport.post("#{path(id)}/deliveries/#{Transport.segment(delivery_id)}/replay"))
    end

    private

    def path(id)
      "/v1/webhooks/#{Transport.segment(id)}"
    end
  end

  TOLERANCE_S = 5 * 60
  private_constant :TOLERANCE_S

  # Verifies a webhook's signature (Standard Webhooks) and returns its event; raises a WebhookSignatureError if it is not from us. Pass
  # the body exactly as received, and the headers as a Hash or as Rack's environment. Pass several secrets while one is being replaced.
  def self.unwrap_webhook(payload, headers, secret)
    named = headers.to_h.transform_keys { |name| name.to_s.downcase.tr('_', '-').delete_prefix('http-') }
    id, timestamp, signatures = named.values_at('webhook-id', 'webhook-timestamp', 'webhook-signature')
    raise WebhookSignatureError, 'A header of the signature is missing.' if [id, timestamp, signatures].any? { |one| one.to_s.empty? }
    unless timestamp.match?(/\A\d{1,15}\z/) && (Time.now.to_i - timestamp.to_i).abs <= TOLERANCE_S
      raise WebhookSignatureError, 'The timestamp is too far from now.'
    end

    given = signatures.split.filter_map { |word| word.delete_prefix('v1,') if word.start_with?('v1,') }
    ours = Array(secret).map { |one| sign(one, "#{id}.#{timestamp}.".b + payload.b) }
    is_ours = ours.product(given).any? { |one, other| OpenSSL.secure_compare(one, other) }
    raise WebhookSignatureError, 'No signature is ours.' unless is_ours

    WebhookEvent.new(JSON.parse(payload))
  end

  def self.sign(secret, signed)
    key = secret.delete_prefix('whsec_').unpack1('m')
    [OpenSSL::HMAC.digest('SHA256', key, signed)].pack('m0')
  end
  private_class_method :sign
end
