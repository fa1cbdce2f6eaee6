# frozen_string_literal: true

module EmailVerifier
  # The workspace's API keys. Needs a key with the scope keys:admin, which cannot create a key with more rights than its own.
  class Keys
    def initialize(transport)
      @transport = transport
    end

    # The response contains the secret in `key`, which is shown only once. Optional: mode (live, test, pub), expires_at, monthly_budget,
    # allowed_ips, allowed_origins.
    def create(name:, scopes:, **more)
      ApiKey.new(@transport.post('/v1/keys', { name: name, scopes: scopes, **more }))
    end

    def list
      @transport.get('/v1/keys').fetch('data').map { |item| ApiKey.new(item) }
    end

    def get(id)
      ApiKey.new(@transport.get(path(id)))
    end

    # Omitted settings stay unchanged; nil removes a limit.
    def update(id, **change)
      ApiKey.new(@transport.json(method: :patch, path: path(id), json: change))
    end

    # Revokes the key permanently.
    def revoke(id)
      ApiKey.new(@transport.json(method: :delete, path: path(id)))
    end

    # The response contains the new secret in `key`, which is shown only once. The old secret keeps working for `old_hours` hours (default 24).
    def rotate(id, old_hours: nil)
      ApiKey.new(@transport.post("#{path(id)}/rotate", { old_hours: old_hours }.compact))
    end

    private

    def path(id)
      "/v1/keys/#{Transport.segment(id)}"
    end
  end
end
