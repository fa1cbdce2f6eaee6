package dev.emailverifier;

import dev.emailverifier.model.ApiKey;
import java.util.List;
import java.util.Map;

/** The workspace's API keys. Needs a key with the scope keys:admin, which cannot create a key with more rights than its own. */
public final class Keys {
    private final Transport transport;

    Keys(Transport transport) {
        this.transport = transport;
    }

    /** The response contains the secret in {@code key}, which is shown only once. */
    public ApiKey create(KeyParams params) {
        return transport.json(Call.of("POST", "/v1/keys", params.values), ApiKey.class);
    }

    public List<ApiKey> list() {
        return Pages.all(transport, Call.get("/v1/keys"), ApiKey.class);
    }

    public ApiKey get(String id) {
        return transport.json(Call.get(path(id)), ApiKey.class);
    }

    /** Omitted settings stay unchanged; null removes a limit. */
    public ApiKey update(String id, KeyParams change) {
        return transport.json(Call.of("PATCH", path(id), change.values), ApiKey.class);
    }

    /** Revokes the key permanently. */
    public ApiKey revoke(String id) {
        return transport.json(Call.of("DELETE", path(id), null), ApiKey.class);
    }

    /** The response contains the new secret in {@code key}, which is shown only once. The old secret keeps working for 24 hours. */
    public ApiKey rotate(String id) {
        return transport.json(Call.post(path(id) + "/rotate"), ApiKey.class);
    }

    /** As {@link #rotate(String)}, with the number of hours that the old secret still works. */
    public ApiKey rotate(String id, int oldHours) {
        return transport.json(Call.of("POST", path(id) + "/rotate", Map.of("old_hours", oldHours)), ApiKey.class);
    }

    private static String path(String id) {
        return "/v1/keys/" + Call.encode(id);
    }
}
