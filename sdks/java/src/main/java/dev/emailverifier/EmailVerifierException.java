package dev.emailverifier;

/** The base of all errors of this library. */
public class EmailVerifierException extends RuntimeException {
    EmailVerifierException(String message, Throwable cause) {
        super(message, cause);
    }
}
