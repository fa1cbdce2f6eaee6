package dev.emailverifier;

import dev.emailverifier.model.EmailList;

/** A list that did not complete: it failed, was canceled, or is paused. */
public final class ListException extends EmailVerifierException {
    private final String code;
    private final transient EmailList list;

    ListException(EmailList list) {
        super(list.failure() == null ? "The list is " + list.status() + " (" + codeOf(list) + ")." : list.failure().detail(), null);
        this.code = codeOf(list);
        this.list = list;
    }

    /** A code such as {@code no_email_column}, {@code out_of_credits} or {@code cancelled}. */
    public String code() {
        return code;
    }

    public EmailList list() {
        return list;
    }

    private static String codeOf(EmailList list) {
        if (list.failure() != null) return list.failure().code();
        return list.pauseReason() != null ? list.pauseReason() : list.status();
    }
}
