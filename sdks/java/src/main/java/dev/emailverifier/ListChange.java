package dev.emailverifier;

/** Changes how many days the list is kept, or which column holds the addresses. */
public final class ListChange extends Params<ListChange> {
    /** The column with the addresses, by its number, counted from 1. */
    public ListChange emailColumn(int number) {
        return put("email_column", number);
    }

    public ListChange retentionDays(int value) {
        return put("retention_days", value);
    }

    /** The column with the addresses, by its name. */
    public ListChange emailColumn(String value) {
        return put("email_column", value);
    }

    public ListChange hasHeader(boolean value) {
        return put("has_header", value);
    }
}
