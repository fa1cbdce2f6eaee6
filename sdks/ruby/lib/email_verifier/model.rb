# frozen_string_literal: true

module EmailVerifier
  # A part of an answer: each field is a method, nil if the API says null. `to_h` has everything that was received, including fields
  # that a later API adds.
  class Model
    # Declares fields by name; a field that holds a model has a lambda that returns its class.
    def self.fields(*names, **nested)
      names.each { |name| define_method(name) { @data[name.to_s] } }
      nested.each do |name, model|
        define_method(name) do
          value = @data[name.to_s]
          value.is_a?(Array) ? value.map { |item| model.call.new(item) } : value && model.call.new(value)
        end
      end
    end

    def initialize(data)
      @data = data
    end

    def to_h
      @data
    end

    def ==(other)
      other.class == self.class && other.to_h == to_h
    end
    alias eql? ==

    def hash
      @data.hash
    end

    def inspect
      "#<#{self.class.name} #{@data}>"
    end
  end
end
