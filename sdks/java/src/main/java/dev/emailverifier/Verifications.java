package dev.emailverifier;

import dev.emailverifier.model.ListedVerification;
import dev.emailverifier.model.Status;
import dev.emailverifier.model.Verification;
import java.time.Duration;

/** Single checks. */
public final class Verifications {
    private static final Duration WAIT = Duration.ofMinutes(2);

    private final Transport transport;

    Verifications(Transport transport) {
        this.transport = transport;
    }

    public Verification get(String id) {
        return transport.json(Call.get("/v1/verifications/" + Call.encode(id)), Verification.class);
    }

    /** All checks, newest first. */
    public Pages<ListedVerification> list(VerificationFilter filter) {
        return new Pages<>(transport, "/v1/verifications", filter, ListedVerification.class);
    }

    /** Waits until the verdict is final, by default for two minutes. Greylisting takes longer. */
    public Verification waitFor(String id, Wait wait) {
        return wait.until(() -> get(id), found -> !found.status().equals(Status.PENDING), WAIT);
    }
}
