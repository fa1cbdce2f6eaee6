package dev.emailverifier;

/** All fields are optional. */
public final class StartParams extends Params<StartParams> {
    /** The column with the addresses, by its number, counted from 1. */
    public StartParams emailColumn(int number) {
        return put("email_column", number);
    }

    /** {@code full} holds the most credits the list can cost; {@code until_empty} holds the credits you have and pauses the list when they run out. */
    public StartParams mode(String value) {
        return put("mode", value);
    }

    public StartParams creditCap(int value) {
        return put("credit_cap", value);
    }

    /** The column with the addresses, by its name. */
    public StartParams emailColumn(String value) {
        return put("email_column", value);
    }

    public StartParams hasHeader(boolean value) {
        return put("has_header", value);
    }
}
