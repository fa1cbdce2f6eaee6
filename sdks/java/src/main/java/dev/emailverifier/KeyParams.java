package dev.emailverifier;

import java.util.List;

/** A new key needs a name and scopes. For a change, all fields are optional, and null removes a limit. */
public final class KeyParams extends Params<KeyParams> {
    public KeyParams name(String value) {
        return put("name", value);
    }

    public KeyParams scopes(List<String> value) {
        return put("scopes", value);
    }

    /** live, test or pub; only for a new key. */
    public KeyParams mode(String value) {
        return put("mode", value);
    }

    /** ISO 8601. */
    public KeyParams expiresAt(String value) {
        return put("expires_at", value);
    }

    /** Credits for each calendar month. */
    public KeyParams monthlyBudget(Long value) {
        return put("monthly_budget", value);
    }

    public KeyParams allowedIps(List<String> value) {
        return put("allowed_ips", value);
    }

    public KeyParams allowedOrigins(List<String> value) {
        return put("allowed_origins", value);
    }
}
