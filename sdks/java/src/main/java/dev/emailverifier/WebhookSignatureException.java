package dev.emailverifier;

/** A webhook that is not ours, was changed on its way, or is too old. */
public class WebhookSignatureException extends EmailVerifierException {
    WebhookSignatureException(String message, Throwable cause) {
        super(message, cause);
    }
}
