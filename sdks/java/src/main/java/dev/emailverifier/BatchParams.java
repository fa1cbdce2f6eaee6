package dev.emailverifier;

import java.util.Map;

/** All fields are optional. */
public final class BatchParams extends Params<BatchParams> {
    public BatchParams name(String value) {
        return put("name", value);
    }

    public BatchParams policy(String value) {
        return put("policy", value);
    }

    public BatchParams retentionDays(int value) {
        return put("retention_days", value);
    }

    public BatchParams metadata(Map<String, ?> value) {
        return put("metadata", value);
    }
}
