package dev.emailverifier;

/** An answer that is not what the API promises: most often of something between us and it. */
public final class MalformedAnswerException extends ApiException {
    MalformedAnswerException(Facts facts) {
        super(facts);
    }
}
