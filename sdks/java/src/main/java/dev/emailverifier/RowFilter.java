package dev.emailverifier;

/** All fields are optional. */
public final class RowFilter extends Params<RowFilter> {
    public RowFilter status(String value) {
        return put("status", value);
    }

    public RowFilter reason(String value) {
        return put("reason", value);
    }

    public RowFilter provider(String value) {
        return put("provider", value);
    }

    public RowFilter q(String value) {
        return put("q", value);
    }

    /** all, send, review, do_not_send or retry. */
    public RowFilter segment(String value) {
        return put("segment", value);
    }

    public RowFilter limit(int value) {
        return put("limit", value);
    }
}
