package dev.emailverifier;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One API call. One that spends credits carries an Idempotency-Key, the same on each attempt, so that a retry is never charged twice; a
 * POST without one is retried only if it was refused before it began.
 */
final class Call {
    final String method;
    final String path;
    Map<String, Object> query = Map.of();
    Object json;
    Upload upload;
    String idempotencyKey;

    private Call(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static Call get(String path) {
        return new Call("GET", path);
    }

    static Call get(String path, Params<?> filter) {
        return get(path, filter.values);
    }

    static Call get(String path, Map<String, Object> query) {
        Call call = new Call("GET", path);
        call.query = query;
        return call;
    }

    static Call of(String method, String path, Object json) {
        Call call = new Call(method, path);
        call.json = json;
        return call;
    }

    static Call post(String path) {
        return new Call("POST", path);
    }

    /** If the key is null, one is generated. */
    Call spending(String key) {
        idempotencyKey = key != null ? key : UUID.randomUUID().toString();
        return this;
    }

    boolean isRepeatable() {
        return !method.equals("POST") || idempotencyKey != null;
    }

    String target() {
        if (query.isEmpty()) return path;
        return path + query.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(textOf(field.getValue())))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String textOf(Object value) {
        if (!(value instanceof List)) return String.valueOf(value);
        return ((List<?>) value).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
