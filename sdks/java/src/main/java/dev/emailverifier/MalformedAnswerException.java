package dev.emailverifier;

/** An answer that is not in the API's format, most often from a proxy in between. */
public final class MalformedAnswerException extends ApiException {
    MalformedAnswerException(Facts facts) {
        super(facts);
    }
}
