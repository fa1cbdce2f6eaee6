package dev.emailverifier;

/** All fields are optional. */
public final class VerificationFilter extends Params<VerificationFilter> {
    /** If set, lists every answer about this address, from single checks and lists. */
    public VerificationFilter email(String value) {
        return put("email", value);
    }

    public VerificationFilter limit(int value) {
        return put("limit", value);
    }
}
