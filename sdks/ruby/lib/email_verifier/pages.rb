# frozen_string_literal: true

module EmailVerifier
  # Iterates over all items of a listing and loads pages as needed: `client.lists.results(id).each { |row| … }`.
  class Pages
    include Enumerable

    def initialize(transport, path, query, model)
      @transport = transport
      @path = path
      @query = query
      @model = model
    end

    # Returns one page and the cursor of the next, if you keep cursors yourself.
    def page(cursor = nil)
      body = @transport.get(@path, { **@query, cursor: cursor })
      [body.fetch('data').map { |item| @model.new(item) }, body['next_cursor']]
    end

    def each(&block)
      return enum_for(:each) unless block

      cursor = nil
      loop do
        items, cursor = page(cursor)
        items.each(&block)
        break if cursor.nil?
      end
      self
    end
  end

  # Polls until the condition holds; each delay is half as long again as the one before.
  class Polling
    MOST_S = 5.0
    private_constant :MOST_S

    def self.until(timeout:, interval:)
      ends_at = timeout && (Process.clock_gettime(Process::CLOCK_MONOTONIC) + timeout)
      wait = interval
      loop do
        found = yield
        return found if found
        raise TimeoutError, "Not done within #{timeout} s." if ends_at && Process.clock_gettime(Process::CLOCK_MONOTONIC) + wait >= ends_at

        sleep(wait)
        wait = [wait * 1.5, [MOST_S, interval].max].min
      end
    end
  end
  private_constant :Polling
end
