# frozen_string_literal: true

module EmailVerifier
  # Each API call is one method, with the API's own names for arguments and results. Safe to share between threads.
  class Client
    attr_reader :verifications, :lists, :credits, :feedback, :webhooks, :keys

    # By default, the key comes from EMAIL_VERIFIER_API_KEY and the base URL from EMAIL_VERIFIER_BASE_URL. In seconds: `timeout` is the
    # longest pause without data in an attempt, `total_timeout` limits a whole call, including retries and waits.
    def initialize(api_key = nil, base_url: nil, timeout: 60, total_timeout: nil, max_retries: 2)
      options = { base_url: base_url, timeout: timeout, total_timeout: total_timeout, max_retries: max_retries }
      @transport = Transport.new(api_key: api_key, **options)
      @verifications = Verifications.new(@transport)
      @lists = Lists.new(@transport)
      @credits = CreditsResource.new(@transport)
      @feedback = FeedbackResource.new(@transport)
      @webhooks = Webhooks.new(@transport)
      @keys = Keys.new(@transport)
    end

    # Verifies one address. Settings: timeout_ms, max_age_s, policy, metadata. While the status is `pending`, the check is still
    # running; `verifications.wait` returns the verdict.
    def verify(email, idempotency_key: nil, **settings)
      json = { email: email, **settings }
      Verification.new(@transport.post('/v1/verify/single', json, spends: true, idempotency_key: idempotency_key))
    end

    # Verifies up to 1,000 addresses as a list, which starts at once. An item is an address, or has email, ref and metadata. Settings:
    # name, policy, retention_days, metadata.
    def verify_batch(emails, idempotency_key: nil, **settings)
      json = { emails: emails, **settings }
      EmailList.new(@transport.post('/v1/verify/batch', json, spends: true, idempotency_key: idempotency_key))
    end

    # Summarizes the answers in a range of days, by day, key, status or reason.
    def usage(from: nil, to: nil, group_by: nil)
      Usage.new(@transport.get('/v1/usage', { from: from, to: to, group_by: group_by }))
    end

    # Looks up what is known about a domain.
    def domain(name)
      Domain.new(@transport.get("/v1/domains/#{Transport.segment(name)}"))
    end

    # Every reason with its status, and whether it costs a credit.
    def reasons
      @transport.get('/v1/reasons').fetch('data').map { |item| ReasonInfo.new(item) }
    end

    # The API's own description, OpenAPI 3.1.
    def openapi
      @transport.get('/v1/openapi.json')
    end
  end

  # Single checks.
  class Verifications
    def initialize(transport)
      @transport = transport
    end

    def get(id)
      Verification.new(@transport.get("/v1/verifications/#{Transport.segment(id)}"))
    end

    # With `email`, lists every answer about that address, from single checks and lists.
    def list(email: nil, limit: nil)
      Pages.new(@transport, '/v1/verifications', { email: email, limit: limit }, ListedVerification)
    end

    # Waits until the verdict is final, by default for two minutes. Greylisting takes longer.
    def wait(id, timeout: 120, interval: 0.5)
      Polling.until(timeout: timeout, interval: interval) do
        found = get(id)
        found unless found.status == 'pending'
      end
    end
  end

  # The workspace's credits.
  class CreditsResource
    def initialize(transport)
      @transport = transport
    end

    def get
      Credits.new(@transport.get('/v1/credits'))
    end

    def ledger(kind: nil, limit: nil)
      Pages.new(@transport, '/v1/credits/ledger', { kind: kind, limit: limit }, LedgerLine)
    end
  end

  # Reports what happened to mail sent to checked addresses. Reporting the same outcome again changes nothing.
  class FeedbackResource
    def initialize(transport)
      @transport = transport
    end

    # `outcome`: delivered, hard_bounce, soft_bounce or complaint. Give `email` or `verification_id`, and optionally `smtp_code`.
    def report(outcome:, **about)
      Feedback.new(@transport.post('/v1/feedback', { **about, outcome: outcome }, spends: true))
    end

    # The answers are in the order of the outcomes; one that was not accepted has `error`.
    def report_many(outcomes)
      @transport.post('/v1/feedback', outcomes, spends: true).fetch('data').map { |item| Feedback.new(item) }
    end
  end
end
