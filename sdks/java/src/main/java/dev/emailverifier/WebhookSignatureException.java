package dev.emailverifier;

/** A webhook that we did not send, that was changed in transit, or that is too old. */
public class WebhookSignatureException extends EmailVerifierException {
    WebhookSignatureException(String message, Throwable cause) {
        super(message, cause);
    }
}
