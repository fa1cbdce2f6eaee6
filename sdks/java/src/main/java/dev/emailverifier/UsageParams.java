package dev.emailverifier;

/** Days as 2026-11-28; by day, key, status or reason. */
public final class UsageParams extends Params<UsageParams> {
    public UsageParams from(String value) {
        return put("from", value);
    }

    public UsageParams to(String value) {
        return put("to", value);
    }

    public UsageParams groupBy(String value) {
        return put("group_by", value);
    }
}
