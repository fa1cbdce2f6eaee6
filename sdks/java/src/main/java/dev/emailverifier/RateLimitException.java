package dev.emailverifier;

/** 429. */
public final class RateLimitException extends ApiException {
    RateLimitException(Facts facts) {
        super(facts);
    }
}
