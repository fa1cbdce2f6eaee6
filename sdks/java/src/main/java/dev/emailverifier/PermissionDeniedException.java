package dev.emailverifier;

/** 403. */
public final class PermissionDeniedException extends ApiException {
    PermissionDeniedException(Facts facts) {
        super(facts);
    }
}
