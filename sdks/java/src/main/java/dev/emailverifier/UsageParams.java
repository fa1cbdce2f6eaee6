package dev.emailverifier;

/** Days have the form 2026-11-28; group by {@code day}, {@code key}, {@code status} or {@code reason}. */
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
