package dev.emailverifier;

/** The API could not be reached, or the connection broke. */
public class ConnectionException extends EmailVerifierException {
    ConnectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
