package dev.emailverifier;

/** All fields are optional. */
public final class ListFilter extends Params<ListFilter> {
    public ListFilter status(String value) {
        return put("status", value);
    }

    public ListFilter limit(int value) {
        return put("limit", value);
    }
}
