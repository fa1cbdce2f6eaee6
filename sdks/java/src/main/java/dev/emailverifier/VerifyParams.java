package dev.emailverifier;

import java.util.Map;

/** All are optional. */
public final class VerifyParams extends Params<VerifyParams> {
    /** How long the API may work before it answers with a pending verification. */
    public VerifyParams timeoutMs(int value) {
        return put("timeout_ms", value);
    }

    /** The oldest answer from memory that will do; 0 asks afresh. */
    public VerifyParams maxAgeS(int value) {
        return put("max_age_s", value);
    }

    public VerifyParams policy(String value) {
        return put("policy", value);
    }

    public VerifyParams metadata(Map<String, ?> value) {
        return put("metadata", value);
    }
}
