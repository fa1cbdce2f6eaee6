package dev.emailverifier;

/** 400, 413, 415, 422. */
public final class InvalidRequestException extends ApiException {
    InvalidRequestException(Facts facts) {
        super(facts);
    }
}
