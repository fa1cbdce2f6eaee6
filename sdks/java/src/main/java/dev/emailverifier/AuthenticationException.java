package dev.emailverifier;

/** 401. */
public final class AuthenticationException extends ApiException {
    AuthenticationException(Facts facts) {
        super(facts);
    }
}
