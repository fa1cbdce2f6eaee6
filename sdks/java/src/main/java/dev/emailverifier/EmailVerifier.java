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

/** The client of Email Verifier's API: one call of the API is one method. Safe to share between threads. */
public final class EmailVerifier {
    private static final Type OBJECT = new TypeToken<Map<String, Object>>() {}.getType();

    private final Transport transport;

    private EmailVerifier(Builder options) {
        transport = new Transport(options);
    }

    /** With the key of the environment's EMAIL_VERIFIER_API_KEY. */
    public static EmailVerifier fromEnv() {
        return builder().build();
    }

    public static EmailVerifier of(String apiKey) {
        return builder().apiKey(apiKey).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** How a client works. Key and base URL come from EMAIL_VERIFIER_API_KEY and EMAIL_VERIFIER_BASE_URL unless they are given. */
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

        /** Of one attempt; of an upload or download, how long nothing may move. The default is a minute. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /** Of a whole call with its retries and waits. */
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

    /** Verifies one address. Where its status is pending the work goes on; verifications().waitFor gives the verdict. */
    public Verification verify(String email, VerifyParams params) {
        Map<String, Object> json = with("email", email, params);
        return transport.json(Call.of("POST", "/v1/verify/single", json).spending(params.idempotencyKey), Verification.class);
    }

    /** Verifies up to 1,000 addresses as a list, at once. */
    public EmailList verifyBatch(List<String> emails, BatchParams params) {
        return batch(emails, params);
    }

    /** The same with a reference or metadata of your own for each. */
    public EmailList verifyBatchItems(List<BatchItem> items, BatchParams params) {
        List<Object> emails = new ArrayList<>();
        for (BatchItem item : items) emails.add(item.values.size() == 1 ? item.values.get("email") : item.values);
        return batch(emails, params);
    }

    /** The balance and the plan's limits. */
    public Credits credits() {
        return transport.json(Call.get("/v1/credits"), Credits.class);
    }

    /** All that moved the credits, newest first. */
    public Pages<LedgerLine> ledger(LedgerFilter filter) {
        return new Pages<>(transport, "/v1/credits/ledger", filter, LedgerLine.class);
    }

    /** What was answered in a range of days. */
    public Usage usage(UsageParams params) {
        return transport.json(Call.get("/v1/usage", params), Usage.class);
    }

    /** Tells what became of mail. Reporting the same again changes nothing. */
    public Feedback report(Outcome outcome) {
        return transport.json(Call.of("POST", "/v1/feedback", outcome.values).spending(null), Feedback.class);
    }

    /** Each answer in its place; one that could not be taken has an error. */
    public List<Feedback> reportMany(List<Outcome> outcomes) {
        List<Object> items = new ArrayList<>();
        for (Outcome outcome : outcomes) items.add(outcome.values);
        return Pages.all(transport, Call.of("POST", "/v1/feedback", items).spending(null), Feedback.class);
    }

    /** What is known of a domain. */
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
