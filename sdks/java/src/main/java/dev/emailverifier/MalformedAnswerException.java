package dev.emailverifier;

/** A response that is not in the API's format, usually from a proxy in between. */
public final class MalformedAnswerException extends ApiException {
    MalformedAnswerException(Facts facts) {
        super(facts);
    }
}
