package dev.emailverifier;

import dev.emailverifier.model.ApiKey;
import java.util.List;
import java.util.Map;

/** The API keys of the workspace, for a key with the scope keys:admin: it makes none that reaches further than itself. */
public final class Keys {
    private final Transport transport;

    Keys(Transport transport) {
        this.transport = transport;
    }

    /** The answer has the secret in {@code key}, this once. */
    public ApiKey create(KeyParams params) {
        return transport.json(Call.of("POST", "/v1/keys", params.values), ApiKey.class);
    }

    public List<ApiKey> list() {
        return Pages.all(transport, Call.get("/v1/keys"), ApiKey.class);
    }

    public ApiKey get(String id) {
        return transport.json(Call.get(path(id)), ApiKey.class);
    }

    /** What is left out stays; null lifts a bound. */
    public ApiKey update(String id, KeyParams change) {
        return transport.json(Call.of("PATCH", path(id), change.values), ApiKey.class);
    }

    /** For good. */
    public ApiKey revoke(String id) {
        return transport.json(Call.of("DELETE", path(id), null), ApiKey.class);
    }

    /** The answer has the new secret in {@code key}, this once; the old one works beside it for a day. */
    public ApiKey rotate(String id) {
        return transport.json(Call.post(path(id) + "/rotate"), ApiKey.class);
    }

    /** As {@link #rotate(String)}, with the hours that the old secret works. */
    public ApiKey rotate(String id, int oldHours) {
        return transport.json(Call.of("POST", path(id) + "/rotate", Map.of("old_hours", oldHours)), ApiKey.class);
    }

    private static String path(String id) {
        return "/v1/keys/" + Call.encode(id);
    }
}
