package dev.emailverifier;

import com.google.gson.JsonParseException;
import dev.emailverifier.model.Delivery;
import dev.emailverifier.model.Webhook;
import dev.emailverifier.model.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhook endpoints, which receive events. */
public final class Webhooks {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Transport transport;

    Webhooks(Transport transport) {
        this.transport = transport;
    }

    /** The response contains the secret, which is shown only once. */
    public Webhook create(WebhookParams params) {
        return transport.json(Call.of("POST", "/v1/webhooks", params.values), Webhook.class);
    }

    public List<Webhook> list() {
        return Pages.all(transport, Call.get("/v1/webhooks"), Webhook.class);
    }

    public Webhook get(String id) {
        return transport.json(Call.get(path(id)), Webhook.class);
    }

    public Webhook update(String id, WebhookParams change) {
        return transport.json(Call.of("PATCH", path(id), change.values), Webhook.class);
    }

    public void delete(String id) {
        transport.json(Call.of("DELETE", path(id), null), Map.class);
    }

    /** The response contains the new secret, which is shown only once. For a while, the old secret signs as well. */
    public Webhook rotateSecret(String id) {
        return transport.json(Call.post(path(id) + "/rotate-secret"), Webhook.class);
    }

    /** Sends a test event; null picks any. */
    public Delivery test(String id, String event) {
        return transport.json(Call.of("POST", path(id) + "/test", event == null ? Map.of() : Map.of("event", event)), Delivery.class);
    }

    /** All deliveries, newest first. */
    public Pages<Delivery> deliveries(String id, DeliveryFilter filter) {
        return new Pages<>(transport, path(id) + "/deliveries", filter, Delivery.class);
    }

    /** Delivers the same event again. */
    public Delivery replay(String id, String deliveryId) {
        return transport.json(Call.post(path(id) + "/deliveries/" + Call.encode(deliveryId) + "/replay"), Delivery.class);
    }

    private static String path(String id) {
        return "/v1/webhooks/" + Call.encode(id);
    }

    /**
     * Verifies a webhook's signature (Standard Webhooks) and returns its event. Pass the body exactly as received, and a function that
     * finds a header by its lower-case name, or returns null. Pass several secrets while one is being replaced.
     *
     * @throws WebhookSignatureException if it is not from us
     */
    public static WebhookEvent unwrap(byte[] payload, Function<String, String> header, String... secrets) {
        String id = required(header, "webhook-id");
        String timestamp = required(header, "webhook-timestamp");
        String signatures = required(header, "webhook-signature");
        if (!timestamp.matches("\\d{1,12}") || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now()).abs().compareTo(TOLERANCE) > 0)
            throw new WebhookSignatureException("The timestamp is too far from now.", null);
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        for (String secret : secrets) {
            byte[] ours = sign(secret, head, payload);
            for (String word : signatures.split(" ")) {
                // MessageDigest.isEqual compares in constant time.
                if (word.startsWith("v1,") && MessageDigest.isEqual(ours, word.substring(3).getBytes(StandardCharsets.UTF_8))) return read(payload);
            }
        }
        throw new WebhookSignatureException("No signature is ours.", null);
    }

    private static WebhookEvent read(byte[] payload) {
        try {
            return Json.GSON.fromJson(new String(payload, StandardCharsets.UTF_8), WebhookEvent.class);
        } catch (JsonParseException notOurs) {
            throw new WebhookSignatureException("The payload is no event.", notOurs);
        }
    }

    private static String required(Function<String, String> header, String name) {
        String value = header.apply(name);
        if (value == null || value.isEmpty()) throw new WebhookSignatureException("The header " + name + " is missing.", null);
        return value;
    }

    /** Returns base64, as in the header. */
    private static byte[] sign(String secret, byte[] head, byte[] payload) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.startsWith("whsec_") ? secret.substring(6) : secret);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head);
            return Base64.getEncoder().encode(mac.doFinal(payload));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new WebhookSignatureException("The secret is not one of ours.", unusable);
        }
    }
}
