package dev.emailverifier;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a call may be given besides what it must. */
public abstract class Params<P extends Params<P>> {
    final Map<String, Object> values = new LinkedHashMap<>();
    String idempotencyKey;

    /** By the API's own name, for what this version does not know yet. */
    @SuppressWarnings("unchecked")
    public P put(String name, Object value) {
        values.put(name, value);
        return (P) this;
    }

    /** Only for calls that spend credits; without one they get one of their own. */
    @SuppressWarnings("unchecked")
    public P idempotencyKey(String key) {
        idempotencyKey = key;
        return (P) this;
    }
}
