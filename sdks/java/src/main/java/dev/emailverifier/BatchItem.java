package dev.emailverifier;

import java.util.Map;

/** One address of a batch. */
public final class BatchItem extends Params<BatchItem> {
    public BatchItem email(String value) {
        return put("email", value);
    }

    public BatchItem ref(String value) {
        return put("ref", value);
    }

    public BatchItem metadata(Map<String, ?> value) {
        return put("metadata", value);
    }
}
