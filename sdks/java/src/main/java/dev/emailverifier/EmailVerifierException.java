package dev.emailverifier;

/** The base class of this library's errors. */
public class EmailVerifierException extends RuntimeException {
    EmailVerifierException(String message, Throwable cause) {
        super(message, cause);
    }
}
