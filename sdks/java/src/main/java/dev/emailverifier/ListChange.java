package dev.emailverifier;

/** Other days to keep it, or another column for its addresses. */
public final class ListChange extends Params<ListChange> {
    /** The column with the addresses, by its number from 1. */
    public ListChange emailColumn(int number) {
        return put("email_column", number);
    }

    public ListChange retentionDays(int value) {
        return put("retention_days", value);
    }

    /** By its name. */
    public ListChange emailColumn(String value) {
        return put("email_column", value);
    }

    public ListChange hasHeader(boolean value) {
        return put("has_header", value);
    }
}
