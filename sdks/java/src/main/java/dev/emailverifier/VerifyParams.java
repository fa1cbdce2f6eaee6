package dev.emailverifier;

import java.util.Map;

/** All fields are optional. */
public final class VerifyParams extends Params<VerifyParams> {
    /** How long, in milliseconds, the API may take before it returns a pending verification. */
    public VerifyParams timeoutMs(int value) {
        return put("timeout_ms", value);
    }

    /** Maximum age, in seconds, of an earlier answer to reuse; 0 asks the mail host again. */
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
