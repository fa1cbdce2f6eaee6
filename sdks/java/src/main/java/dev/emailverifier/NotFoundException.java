package dev.emailverifier;

/** 404. */
public final class NotFoundException extends ApiException {
    NotFoundException(Facts facts) {
        super(facts);
    }
}
