package dev.emailverifier;

/** The client's settings are invalid. */
public class ConfigurationException extends EmailVerifierException {
    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
