package dev.emailverifier;

/** 409. */
public final class ConflictException extends ApiException {
    ConflictException(Facts facts) {
        super(facts);
    }
}
