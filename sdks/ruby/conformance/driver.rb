# frozen_string_literal: true

# Reads one case a line, runs it with the SDK, and writes its result.
require 'email_verifier'

OWN = %i[path text take id interval_ms timeout_ms file until].freeze

def rest(args)
  args.except(*OWN)
end

def collect(pages, args)
  (args[:take] ? pages.first(args[:take]) : pages.to_a).map(&:to_h)
end

def file_of(args)
  args[:path] || StringIO.new(args[:text])
end

def waiting(args)
  { timeout: args[:timeout_ms], interval: args[:interval_ms] }.compact.transform_values { |ms| ms / 1000.0 }
end

def create(client, args)
  told = []
  list = client.lists.create(file_of(args), on_upload_progress: ->(sent, total) { told << [sent, total] }, **rest(args))
  sent = told.map(&:first)
  upload = { last_sent: sent.last, last_total: told.last.last, is_growing: sent == sent.sort.uniq, is_often: sent.size >= 10 }
  list.to_h.merge('upload' => upload)
end

def verify_list(client, args)
  told = []
  tell = ->(list) { told << list.progress.processed }
  done = client.lists.verify(file_of(args), on_progress: tell, **waiting(args), **rest(args))
  { list: done.list.to_h, told: told, rows: done.rows.map(&:to_h) }
end

def wait_for_list(client, args)
  told = []
  tell = ->(list) { told << list.progress.processed }
  client.lists.wait(args[:id], until_ready: args[:until] == 'ready', on_progress: tell, **waiting(args)).to_h.merge('told' => told)
end

# Reads each field through its method, so that the models are tested too.
def plain(value)
  case value
  when EmailVerifier::Model
    value.to_h.to_h { |name, raw| [name, value.respond_to?(name) ? plain(value.public_send(name)) : raw] }
  when Array then value.map { |item| plain(item) }
  else value
  end
end

OPERATIONS = {
  'verify' => ->(c, a) { c.verify(a[:email], **a.except(:email)) },
  'verify_batch' => ->(c, a) { c.verify_batch(a[:emails], **a.except(:emails)) },
  'verifications.get' => ->(c, a) { c.verifications.get(a[:id]) },
  'verifications.list' => ->(c, a) { collect(c.verifications.list(**rest(a)), a) },
  'verifications.wait' => ->(c, a) { c.verifications.wait(a[:id], **waiting(a)) },
  'lists.create' => method(:create),
  'lists.list' => ->(c, a) { collect(c.lists.list(**rest(a)), a) },
  'lists.get' => ->(c, a) { c.lists.get(a[:id]) },
  'lists.update' => ->(c, a) { c.lists.update(a[:id], **rest(a)) },
  'lists.delete' => ->(c, a) { c.lists.delete(a[:id]) },
  'lists.start' => ->(c, a) { c.lists.start(a[:id], **rest(a)) },
  'lists.pause' => ->(c, a) { c.lists.pause(a[:id]) },
  'lists.resume' => ->(c, a) { c.lists.resume(a[:id], **rest(a)) },
  'lists.cancel' => ->(c, a) { c.lists.cancel(a[:id]) },
  'lists.retry_unknowns' => ->(c, a) { c.lists.retry_unknowns(a[:id], **rest(a)) },
  'lists.results' => ->(c, a) { collect(c.lists.results(a[:id], **rest(a)), a) },
  'lists.download' => ->(c, a) { { text: c.lists.download(a[:id], **rest(a)).force_encoding('utf-8') } },
  'lists.wait' => method(:wait_for_list),
  'lists.verify' => method(:verify_list),
  'credits.get' => ->(c, _) { c.credits.get },
  'credits.ledger' => ->(c, a) { collect(c.credits.ledger(**a), a) },
  'usage' => ->(c, a) { c.usage(**a) },
  'feedback.report' => ->(c, a) { c.feedback.report(**a) },
  'feedback.report_many' => ->(c, a) { c.feedback.report_many(a[:items]) },
  'reasons.list' => ->(c, _) { c.reasons },
  'domains.get' => ->(c, a) { c.domain(a[:domain]) },
  'openapi' => ->(c, _) { c.openapi },
  'keys.create' => ->(c, a) { c.keys.create(**a) },
  'keys.list' => ->(c, _) { c.keys.list },
  'keys.get' => ->(c, a) { c.keys.get(a[:id]) },
  'keys.update' => ->(c, a) { c.keys.update(a[:id], **rest(a)) },
  'keys.revoke' => ->(c, a) { c.keys.revoke(a[:id]) },
  'keys.rotate' => ->(c, a) { c.keys.rotate(a[:id], **rest(a)) },
  'webhooks.create' => ->(c, a) { c.webhooks.create(**a) },
  'webhooks.list' => ->(c, _) { c.webhooks.list },
  'webhooks.get' => ->(c, a) { c.webhooks.get(a[:id]) },
  'webhooks.update' => ->(c, a) { c.webhooks.update(a[:id], **rest(a)) },
  'webhooks.delete' => ->(c, a) { c.webhooks.delete(a[:id]) },
  'webhooks.rotate_secret' => ->(c, a) { c.webhooks.rotate_secret(a[:id]) },
  'webhooks.test' => ->(c, a) { c.webhooks.test(a[:id], a[:event]) },
  'webhooks.deliveries' => ->(c, a) { collect(c.webhooks.deliveries(a[:id], **rest(a)), a) },
  'webhooks.replay' => ->(c, a) { c.webhooks.replay(a[:id], a[:delivery_id]) },
  'webhooks.unwrap' => ->(_, a) { EmailVerifier.unwrap_webhook(a[:payload], a[:headers], a[:secret]) }
}.freeze

# `RateLimitError` → `rate_limit`.
def failure(error)
  type = error.class.name.split('::').last.delete_suffix('Error').gsub(/(?<=[a-z])([A-Z])/, '_\1').downcase
  told = { type: type, message: error.message }
  told[:code] = error.code if error.respond_to?(:code)
  return told unless error.is_a?(EmailVerifier::ApiError)

  told.merge(status: error.status, request_id: error.request_id, retry_after_s: error.retry_after, fields: error.fields)
end

def make_client(options)
  seconds = { timeout: options[:timeout_ms], total_timeout: options[:total_timeout_ms] }.compact.transform_values { |ms| ms / 1000.0 }
  EmailVerifier::Client.new(options[:api_key], **options.slice(:base_url, :max_retries), **seconds)
end

def perform(line)
  call = JSON.parse(line, symbolize_names: true)
  { value: plain(OPERATIONS.fetch(call[:op]).call(make_client(call[:client]), call[:args])) }
rescue EmailVerifier::Error, StandardError => e
  { error: failure(e) }
end

$stdout.sync = true
$stdin.each_line { |line| puts JSON.generate(perform(line)) }
