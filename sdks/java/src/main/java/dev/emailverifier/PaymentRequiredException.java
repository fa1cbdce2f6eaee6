package dev.emailverifier;

/** 402: there are no credits, or the key's budget is used up. */
public final class PaymentRequiredException extends ApiException {
    PaymentRequiredException(Facts facts) {
        super(facts);
    }
}
