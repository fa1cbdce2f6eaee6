package dev.emailverifier;

/** The client was made in a way that can't work. */
public class ConfigurationException extends EmailVerifierException {
    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
