package dev.emailverifier;

import com.google.gson.reflect.TypeToken;
import dev.emailverifier.model.Credits;
import dev.emailverifier.model.Domain;
import dev.emailverifier.model.EmailList;
import dev.emailverifier.model.Feedback;
import dev.emailverifier.model.LedgerLine;
import dev.emailverifier.model.ReasonInfo;
import dev.emailverifier.model.Usage;
import dev.emailverifier.model.Verification;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The client for Email Verifier's API: each API call is one method. Safe to share between threads. */
public final class EmailVerifier {
    private static final Type OBJECT = new TypeToken<Map<String, Object>>() {}.getType();

    private final Transport transport;

    private EmailVerifier(Builder options) {
        transport = new Transport(options);
    }

    /** Creates a client with the key from the environment variable EMAIL_VERIFIER_API_KEY. */
    public static EmailVerifier fromEnv() {
        return builder().build();
    }

    public static EmailVerifier of(String apiKey) {
        return builder().apiKey(apiKey).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Configures a client. Unless given, key and base URL come from EMAIL_VERIFIER_API_KEY and EMAIL_VERIFIER_BASE_URL. */
    public static final class Builder {
        String apiKey = System.getenv("EMAIL_VERIFIER_API_KEY");
        String baseUrl = System.getenv().getOrDefault("EMAIL_VERIFIER_BASE_URL", "http://localhost:3000");
        Duration timeout = Duration.ofMinutes(1);
        Duration totalTimeout;
        int maxRetries = 2;

        private Builder() {}

        public Builder apiKey(String key) {
            apiKey = key;
            return this;
        }

        public Builder baseUrl(String url) {
            baseUrl = url;
            return this;
        }

        /** Time limit of one attempt; for an upload or download, the longest pause without data. The default is a minute. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /** Time limit of a whole call, including retries and waits. */
        public Builder totalTimeout(Duration limit) {
            totalTimeout = limit;
            return this;
        }

        /** The default is 2. */
        public Builder maxRetries(int retries) {
            maxRetries = retries;
            return this;
        }

        public EmailVerifier build() {
            if (apiKey == null || apiKey.isEmpty())
                throw new ConfigurationException("No API key: give one, or set EMAIL_VERIFIER_API_KEY.", null);
            if (!apiKey.chars().allMatch(letter -> letter > ' ' && letter <= '~'))
                throw new ConfigurationException("The API key has characters that no key has.", null);
            baseUrl = baseUrl.replaceAll("/+$", "");
            return new EmailVerifier(this);
        }
    }

    public Verifications verifications() {
        return new Verifications(transport);
    }

    public Lists lists() {
        return new Lists(transport);
    }

    public Keys keys() {
        return new Keys(transport);
    }

    public Webhooks webhooks() {
        return new Webhooks(transport);
    }

    public Verification verify(String email) {
        return verify(email, new VerifyParams());
    }

    /** Verifies one address. While the status is pending, the check is still running; verifications().waitFor returns the verdict. */
    public Verification verify(String email, VerifyParams params) {
        Map<String, Object> json = with("email", email, params);
        return transport.json(Call.of("POST", "/v1/verify/single", json).spending(params.idempotencyKey), Verification.class);
    }

    /** Verifies up to 1,000 addresses as a list, which starts at once. */
    public EmailList verifyBatch(List<String> emails, BatchParams params) {
        return batch(emails, params);
    }

    /** The same, with your own reference or metadata for each address. */
    public EmailList verifyBatchItems(List<BatchItem> items, BatchParams params) {
        List<Object> emails = new ArrayList<>();
        for (BatchItem item : items) emails.add(item.values.size() == 1 ? item.values.get("email") : item.values);
        return batch(emails, params);
    }

    /** The balance and the plan's limits. */
    public Credits credits() {
        return transport.json(Call.get("/v1/credits"), Credits.class);
    }

    /** Everything that changed the credits, newest first. */
    public Pages<LedgerLine> ledger(LedgerFilter filter) {
        return new Pages<>(transport, "/v1/credits/ledger", filter, LedgerLine.class);
    }

    /** Summarizes the answers in a range of days. */
    public Usage usage(UsageParams params) {
        return transport.json(Call.get("/v1/usage", params), Usage.class);
    }

    /** Reports what happened to mail sent to a checked address. Reporting the same outcome again changes nothing. */
    public Feedback report(Outcome outcome) {
        return transport.json(Call.of("POST", "/v1/feedback", outcome.values).spending(null), Feedback.class);
    }

    /** The answers are in the order of the outcomes; one that was not accepted has an error. */
    public List<Feedback> reportMany(List<Outcome> outcomes) {
        List<Object> items = new ArrayList<>();
        for (Outcome outcome : outcomes) items.add(outcome.values);
        return Pages.all(transport, Call.of("POST", "/v1/feedback", items).spending(null), Feedback.class);
    }

    /** Looks up what is known about a domain. */
    public Domain domain(String name) {
        return transport.json(Call.get("/v1/domains/" + Call.encode(name)), Domain.class);
    }

    /** Every reason with its status, and whether it costs a credit. */
    public List<ReasonInfo> reasons() {
        return Pages.all(transport, Call.get("/v1/reasons"), ReasonInfo.class);
    }

    /** The API's own description, OpenAPI 3.1. */
    public Map<String, Object> openapi() {
        return transport.json(Call.get("/v1/openapi.json"), OBJECT);
    }

    private EmailList batch(List<?> emails, BatchParams params) {
        return transport.json(Call.of("POST", "/v1/verify/batch", with("emails", emails, params)).spending(params.idempotencyKey), EmailList.class);
    }

    private static Map<String, Object> with(String name, Object value, Params<?> params) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(name, value);
        json.putAll(params.values);
        return json;
    }
}
