package dev.emailverifier;

/** All fields are optional. */
public final class DeliveryFilter extends Params<DeliveryFilter> {
    /** pending, delivered or failed. */
    public DeliveryFilter state(String value) {
        return put("state", value);
    }

    public DeliveryFilter limit(int value) {
        return put("limit", value);
    }
}
