package dev.emailverifier;

/** All fields are optional. */
public final class LedgerFilter extends Params<LedgerFilter> {
    public LedgerFilter kind(String value) {
        return put("kind", value);
    }

    public LedgerFilter limit(int value) {
        return put("limit", value);
    }
}
