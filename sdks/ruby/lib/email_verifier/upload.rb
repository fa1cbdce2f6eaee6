# frozen_string_literal: true

require 'json'
require 'securerandom'
require 'stringio'

module EmailVerifier
  # Sends a file to the API as a multipart form: the fields first, then the file, which is read while it is sent. Works as a body
  # stream of Net::HTTP.
  class Upload
    FALLBACK_NAME = 'list.csv'
    private_constant :FALLBACK_NAME

    # `file`: a path, or an IO opened for reading bytes.
    def initialize(file, fields, file_name: nil, on_progress: nil)
      @path = file if file.is_a?(String) || (file.respond_to?(:to_path) && !file.respond_to?(:read))
      @io = file unless @path
      @start = position
      @on_progress = on_progress
      @boundary = "ev-#{SecureRandom.hex(16)}"
      own = @path || (@io.respond_to?(:path) && @io.path) || FALLBACK_NAME
      @head = head(fields, (file_name || File.basename(own)).gsub(/["\r\n]/, '_'))
      @tail = "\r\n--#{@boundary}--\r\n"
    end

    def can_replay?
      !@path.nil? || !@start.nil?
    end

    def content_type
      "multipart/form-data; boundary=#{@boundary}"
    end

    # The size of the whole form; nil if it is not known.
    def size
      file_size && @head.bytesize + file_size + @tail.bytesize
    end

    # Starts over for another attempt. The block is given the stream.
    def open
      file = @path ? File.open(@path, 'rb') : @io
      @io.pos = @start if @io && @start
      yield Stream.new([StringIO.new(@head), file, StringIO.new(@tail)], file, method(:tell))
    ensure
      file&.close if @path
    end

    private

    # Nil for a pipe, which can't be read again.
    def position
      @io&.pos
    rescue SystemCallError
      nil
    end

    def head(fields, name)
      parts = fields.compact.map do |key, value|
        text = value.is_a?(Hash) || value.is_a?(Array) ? JSON.generate(value) : value.to_s
        "--#{@boundary}\r\ncontent-disposition: form-data; name=\"#{key}\"\r\n\r\n#{text}\r\n"
      end
      file = "--#{@boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"#{name}\"\r\n"
      (parts.join + file + "content-type: application/octet-stream\r\n\r\n").b
    end

    def file_size
      return File.size(@path) if @path

      @io.size - @start if @start && @io.respond_to?(:size)
    end

    def tell(sent)
      @on_progress&.call(sent, file_size)
    end

    # Joins several sources into one stream.
    class Stream
      def initialize(sources, file, tell)
        @sources = sources
        @file = file
        @tell = tell
        @sent = 0
      end

      def read(length = nil, out = nil)
        until @sources.empty?
          chunk = @sources.first.read(length)
          if chunk && !chunk.empty?
            count(chunk)
            return out ? out.replace(chunk) : chunk
          end
          @sources.shift
        end
        out&.clear
        nil
      end

      private

      def count(chunk)
        return unless @sources.first.equal?(@file)

        @sent += chunk.bytesize
        @tell.call(@sent)
      end
    end
    private_constant :Stream
  end
end
