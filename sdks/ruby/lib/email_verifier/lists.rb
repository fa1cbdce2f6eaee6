# frozen_string_literal: true

module EmailVerifier
  # A completed list and its rows.
  VerifiedList = Struct.new(:list, :rows)

  # Lists of addresses that are verified together. `settings` have the API's own names.
  class Lists
    STANDING = %w[completed cancelled failed expired paused].freeze
    UNREAD = %w[uploading parsing].freeze
    private_constant :STANDING, :UNREAD

    def initialize(transport)
      @transport = transport
    end

    # Uploads a file and verifies it. Returns the completed list and its rows. `on_progress` is called with the list.
    def verify(file, timeout: nil, interval: 0.5, on_progress: nil, **settings)
      created = create(file, start: true, **settings)
      on_progress&.call(created)
      done = wait(created.id, timeout: timeout, interval: interval, on_progress: on_progress)
      raise list_error(done) unless done.status == 'completed'

      VerifiedList.new(done, results(done.id))
    end

    # Uploads a file: its path, or an IO. Settings: name, policy, start, mode, credit_cap, retention_days, metadata, email_column,
    # has_header. `on_upload_progress` is called with the bytes sent, and the total if it is known.
    def create(file, file_name: nil, on_upload_progress: nil, idempotency_key: nil, **settings)
      upload = Upload.new(file, settings, file_name: file_name, on_progress: on_upload_progress)
      EmailList.new(@transport.post('/v1/lists', upload: upload, spends: true, idempotency_key: idempotency_key))
    end

    def list(status: nil, limit: nil)
      Pages.new(@transport, '/v1/lists', { status: status, limit: limit }, EmailList)
    end

    def get(id)
      EmailList.new(@transport.get(path(id)))
    end

    # Changes how many days the list is kept (retention_days), or which column holds the addresses (email_column, has_header).
    def update(id, **change)
      EmailList.new(@transport.json(method: :patch, path: path(id), json: change))
    end

    # Deletes the list's rows. The list itself is kept, as `expired`, with its totals.
    def delete(id)
      EmailList.new(@transport.json(method: :delete, path: path(id)))
    end

    # Settings: mode, credit_cap, email_column, has_header.
    def start(id, idempotency_key: nil, **settings)
      spend(id, 'start', settings, idempotency_key)
    end

    def resume(id, credit_cap: nil, idempotency_key: nil)
      spend(id, 'resume', { credit_cap: credit_cap }.compact, idempotency_key)
    end

    # Settings: mode, credit_cap.
    def retry_unknowns(id, idempotency_key: nil, **settings)
      spend(id, 'retry-unknowns', settings, idempotency_key)
    end

    def pause(id)
      EmailList.new(@transport.post("#{path(id)}/pause"))
    end

    def cancel(id)
      EmailList.new(@transport.post("#{path(id)}/cancel"))
    end

    # The list's rows, even while the list is running. Filter: status, reason, provider, q, segment, limit.
    def results(id, **filter)
      Pages.new(@transport, "#{path(id)}/results", filter, ListRow)
    end

    # Streams the whole list as a file, in its original columns and order; without a block, returns one String. Settings: segment,
    # format, columns, bom, and the filter of `results`.
    def download(id, **settings, &block)
      whole = +''.b
      block ||= ->(chunk) { whole << chunk }
      @transport.stream(method: :get, path: "#{path(id)}/download", query: settings, &block)
      whole
    end

    # Waits until the list is completed or has stopped (paused, failed, or waiting for its column to be chosen). `until_ready`: only
    # until the file is read and quoted.
    def wait(id, until_ready: false, timeout: nil, interval: 0.5, on_progress: nil)
      Polling.until(timeout: timeout, interval: interval) do
        found = get(id)
        on_progress&.call(found)
        found if until_ready ? !UNREAD.include?(found.status) : standing?(found)
      end
    end

    private

    def spend(id, move, settings, idempotency_key)
      json = settings.empty? ? nil : settings
      EmailList.new(@transport.post("#{path(id)}/#{move}", json, spends: true, idempotency_key: idempotency_key))
    end

    def path(id)
      "/v1/lists/#{Transport.segment(id)}"
    end

    def standing?(found)
      STANDING.include?(found.status) || (found.status == 'ready' && !found.failure.nil?)
    end

    def list_error(found)
      code = found.failure&.code || found.pause_reason || found.status
      ListError.new(found.failure&.detail || "The list is #{found.status} (#{code}).", code: code, list: found)
    end
  end
end
