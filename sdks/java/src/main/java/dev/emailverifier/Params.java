package dev.emailverifier;

import java.util.LinkedHashMap;
import java.util.Map;

/** The optional settings of a call. */
public abstract class Params<P extends Params<P>> {
    final Map<String, Object> values = new LinkedHashMap<>();
    String idempotencyKey;

    /** Sets a field by its API name, for fields that this version does not know yet. */
    @SuppressWarnings("unchecked")
    public P put(String name, Object value) {
        values.put(name, value);
        return (P) this;
    }

    /** Only for calls that spend credits; by default, a key is generated. */
    @SuppressWarnings("unchecked")
    public P idempotencyKey(String key) {
        idempotencyKey = key;
        return (P) this;
    }
}
