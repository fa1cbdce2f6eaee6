package dev.emailverifier;

/** All are optional. */
public final class StartParams extends Params<StartParams> {
    /** The column with the addresses, by its number from 1. */
    public StartParams emailColumn(int number) {
        return put("email_column", number);
    }

    /** full holds the most that it can cost; until_empty holds what there is, and pauses. */
    public StartParams mode(String value) {
        return put("mode", value);
    }

    public StartParams creditCap(int value) {
        return put("credit_cap", value);
    }

    /** By its name. */
    public StartParams emailColumn(String value) {
        return put("email_column", value);
    }

    public StartParams hasHeader(boolean value) {
        return put("has_header", value);
    }
}
