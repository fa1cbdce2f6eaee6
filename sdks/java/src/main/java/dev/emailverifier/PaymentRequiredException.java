package dev.emailverifier;

/** 402: no credits, or the budget of the key is used up. */
public final class PaymentRequiredException extends ApiException {
    PaymentRequiredException(Facts facts) {
        super(facts);
    }
}
