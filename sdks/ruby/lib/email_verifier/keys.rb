# frozen_string_literal: true

module EmailVerifier
  # The API keys of the workspace, for a key with the scope keys:admin: it makes none that reaches further than itself.
  class Keys
    def initialize(transport)
      @transport = transport
    end

    # The answer has the secret in `key`, this once. More: mode (live, test, pub), expires_at, monthly_budget, allowed_ips,
    # allowed_origins.
    def create(name:, scopes:, **more)
      ApiKey.new(@transport.post('/v1/keys', { name: name, scopes: scopes, **more }))
    end

    def list
      @transport.get('/v1/keys').fetch('data').map { |item| ApiKey.new(item) }
    end

    def get(id)
      ApiKey.new(@transport.get(path(id)))
    end

    # What is left out stays; nil lifts a bound.
    def update(id, **change)
      ApiKey.new(@transport.json(method: :patch, path: path(id), json: change))
    end

    # For good.
    def revoke(id)
      ApiKey.new(@transport.json(method: :delete, path: path(id)))
    end

    # The answer has the new secret in `key`, this once; the old one works beside it for `old_hours`, 24 unless given.
    def rotate(id, old_hours: nil)
      ApiKey.new(@transport.post("#{path(id)}/rotate", { old_hours: old_hours }.compact))
    end

    private

    def path(id)
      "/v1/keys/#{Transport.segment(id)}"
    end
  end
end
