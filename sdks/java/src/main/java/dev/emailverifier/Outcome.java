package dev.emailverifier;

/** What happened to mail sent to an address: its email or verification_id, and the outcome. */
public final class Outcome extends Params<Outcome> {
    public Outcome email(String value) {
        return put("email", value);
    }

    public Outcome verificationId(String value) {
        return put("verification_id", value);
    }

    /** delivered, hard_bounce, soft_bounce or complaint. */
    public Outcome outcome(String value) {
        return put("outcome", value);
    }

    public Outcome smtpCode(String value) {
        return put("smtp_code", value);
    }
}
