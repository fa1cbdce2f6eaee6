package dev.emailverifier;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.emailverifier.model.EmailList;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads one case a line, runs it with the SDK, and writes its result. */
public final class ConformanceDriver {
    private static final Set<String> OWN = Set.of("path", "text", "take", "id", "interval_ms", "until", "file_name", "idempotency_key");
    private static final Map<String, Operation> OPERATIONS = new HashMap<>();

    private interface Operation {
        Object perform(EmailVerifier client, Map<String, Object> args) throws IOException;
    }

    private ConformanceDriver() {}

    static {
        OPERATIONS.put("verify", (c, a) -> c.verify(text(a, "email"), given(new VerifyParams(), a, "email").idempotencyKey(text(a, "idempotency_key"))));
        OPERATIONS.put("verify_batch", ConformanceDriver::batch);
        OPERATIONS.put("verifications.get", (c, a) -> c.verifications().get(text(a, "id")));
        OPERATIONS.put("verifications.list", (c, a) -> collect(c.verifications().list(given(new VerificationFilter(), a)), a));
        OPERATIONS.put("verifications.wait", (c, a) -> c.verifications().waitFor(text(a, "id"), waiting(a)));
        OPERATIONS.put("lists.create", ConformanceDriver::create);
        OPERATIONS.put("lists.list", (c, a) -> collect(c.lists().list(given(new ListFilter(), a)), a));
        OPERATIONS.put("lists.get", (c, a) -> c.lists().get(text(a, "id")));
        OPERATIONS.put("lists.update", (c, a) -> c.lists().update(text(a, "id"), given(new ListChange(), a)));
        OPERATIONS.put("lists.delete", (c, a) -> c.lists().delete(text(a, "id")));
        OPERATIONS.put("lists.start", (c, a) -> c.lists().start(text(a, "id"), given(new StartParams(), a)));
        OPERATIONS.put("lists.pause", (c, a) -> c.lists().pause(text(a, "id")));
        OPERATIONS.put("lists.resume", (c, a) -> c.lists().resume(text(a, "id"), given(new StartParams(), a)));
        OPERATIONS.put("lists.cancel", (c, a) -> c.lists().cancel(text(a, "id")));
        OPERATIONS.put("lists.retry_unknowns", (c, a) -> c.lists().retryUnknowns(text(a, "id"), given(new StartParams(), a)));
        OPERATIONS.put("lists.results", (c, a) -> collect(c.lists().results(text(a, "id"), given(new RowFilter(), a)), a));
        OPERATIONS.put("lists.download", ConformanceDriver::download);
        OPERATIONS.put("lists.wait", ConformanceDriver::waitForList);
        OPERATIONS.put("lists.verify", ConformanceDriver::verifyList);
        OPERATIONS.put("credits.get", (c, a) -> c.credits());
        OPERATIONS.put("credits.ledger", (c, a) -> collect(c.ledger(given(new LedgerFilter(), a)), a));
        OPERATIONS.put("usage", (c, a) -> c.usage(given(new UsageParams(), a)));
        OPERATIONS.put("feedback.report", (c, a) -> c.report(given(new Outcome(), a)));
        OPERATIONS.put("feedback.report_many", (c, a) -> c.reportMany(objects(a, "items").stream().map(item -> given(new Outcome(), item)).collect(Collectors.toList())));
        OPERATIONS.put("reasons.list", (c, a) -> c.reasons());
        OPERATIONS.put("domains.get", (c, a) -> c.domain(text(a, "domain")));
        OPERATIONS.put("openapi", (c, a) -> c.openapi());
        OPERATIONS.put("keys.create", (c, a) -> c.keys().create(given(new KeyParams(), a)));
        OPERATIONS.put("keys.list", (c, a) -> c.keys().list());
        OPERATIONS.put("keys.get", (c, a) -> c.keys().get(text(a, "id")));
        OPERATIONS.put("keys.update", (c, a) -> c.keys().update(text(a, "id"), given(new KeyParams(), a)));
        OPERATIONS.put("keys.revoke", (c, a) -> c.keys().revoke(text(a, "id")));
        OPERATIONS.put("keys.rotate", (c, a) -> c.keys().rotate(text(a, "id"), ((Number) a.get("old_hours")).intValue()));
        OPERATIONS.put("webhooks.create", (c, a) -> c.webhooks().create(given(new WebhookParams(), a)));
        OPERATIONS.put("webhooks.list", (c, a) -> c.webhooks().list());
        OPERATIONS.put("webhooks.get", (c, a) -> c.webhooks().get(text(a, "id")));
        OPERATIONS.put("webhooks.update", (c, a) -> c.webhooks().update(text(a, "id"), given(new WebhookParams(), a)));
        OPERATIONS.put("webhooks.delete", (c, a) -> {
            c.webhooks().delete(text(a, "id"));
            return null;
        });
        OPERATIONS.put("webhooks.rotate_secret", (c, a) -> c.webhooks().rotateSecret(text(a, "id")));
        OPERATIONS.put("webhooks.test", (c, a) -> c.webhooks().test(text(a, "id"), text(a, "event")));
        OPERATIONS.put("webhooks.deliveries", (c, a) -> collect(c.webhooks().deliveries(text(a, "id"), given(new DeliveryFilter(), a)), a));
        OPERATIONS.put("webhooks.replay", (c, a) -> c.webhooks().replay(text(a, "id"), text(a, "delivery_id")));
        OPERATIONS.put("webhooks.unwrap", ConformanceDriver::unwrap);
    }

    private static String text(Map<String, Object> args, String name) {
        return (String) args.get(name);
    }

    private static <P extends Params<P>> P given(P params, Map<String, Object> args, String... without) {
        args.forEach((name, value) -> {
            if (!OWN.contains(name) && !List.of(without).contains(name)) params.put(name, value);
        });
        return params;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(Map<String, Object> args, String name) {
        return (List<Map<String, Object>>) args.get(name);
    }

    private static <T> List<T> collect(Pages<T> pages, Map<String, Object> args) {
        long take = args.containsKey("take") ? ((Number) args.get("take")).longValue() : Long.MAX_VALUE;
        List<T> items = new ArrayList<>();
        for (T item : pages) {
            items.add(item);
            if (items.size() >= take) break;
        }
        return items;
    }

    private static Wait waiting(Map<String, Object> args) {
        Wait wait = new Wait();
        if (args.containsKey("interval_ms")) wait.interval(millis(args, "interval_ms"));
        return args.containsKey("timeout_ms") ? wait.timeout(millis(args, "timeout_ms")) : wait;
    }

    private static Duration millis(Map<String, Object> args, String name) {
        return Duration.ofMillis(((Number) args.get(name)).longValue());
    }

    private static FileSource file(Map<String, Object> args) throws IOException {
        if (args.containsKey("path")) return FileSource.of(Path.of(text(args, "path")));
        return FileSource.of(text(args, "file_name"), text(args, "text").getBytes(StandardCharsets.UTF_8));
    }

    private static Object batch(EmailVerifier client, Map<String, Object> args) {
        List<BatchItem> items = new ArrayList<>();
        for (Object item : (List<?>) args.get("emails")) {
            BatchItem one = new BatchItem();
            if (item instanceof String) one.email((String) item);
            else ((Map<?, ?>) item).forEach((name, value) -> one.put((String) name, value));
            items.add(one);
        }
        return client.verifyBatchItems(items, given(new BatchParams(), args, "emails"));
    }

    private static Object create(EmailVerifier client, Map<String, Object> args) throws IOException {
        List<UploadProgress> told = new ArrayList<>();
        EmailList list = client.lists().create(file(args), given(new UploadParams(), args).onUploadProgress(told::add));
        boolean isGrowing = true;
        for (int at = 1; at < told.size(); at++) isGrowing &= told.get(at).sentBytes() > told.get(at - 1).sentBytes();
        UploadProgress last = told.get(told.size() - 1);
        JsonObject fields = Json.GSON.toJsonTree(list).getAsJsonObject();
        fields.add("upload", Json.GSON.toJsonTree(Map.of(
                "last_sent", last.sentBytes(), "last_total", last.totalBytes().orElse(-1), "is_growing", isGrowing, "is_often", told.size() >= 10)));
        return fields;
    }

    private static Object verifyList(EmailVerifier client, Map<String, Object> args) throws IOException {
        List<Long> told = new ArrayList<>();
        VerifiedList done = client.lists().verify(file(args), given(new UploadParams(), args), waiting(args), list -> told.add(list.progress().processed()));
        return Map.of("list", done.list(), "told", told, "rows", collect(done.rows(), Map.of()));
    }

    private static Object waitForList(EmailVerifier client, Map<String, Object> args) {
        List<Long> told = new ArrayList<>();
        String id = text(args, "id");
        EmailList done = "ready".equals(args.get("until"))
                ? client.lists().waitUntilReady(id, waiting(args), list -> told.add(list.progress().processed()))
                : client.lists().waitFor(id, waiting(args), list -> told.add(list.progress().processed()));
        JsonObject fields = Json.GSON.toJsonTree(done).getAsJsonObject();
        fields.add("told", Json.GSON.toJsonTree(told));
        return fields;
    }

    private static Object download(EmailVerifier client, Map<String, Object> args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        client.lists().download(text(args, "id"), given(new DownloadParams(), args), bytes);
        return Map.of("text", bytes.toString(StandardCharsets.UTF_8));
    }

    private static Object unwrap(EmailVerifier client, Map<String, Object> args) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ((Map<?, ?>) args.get("headers")).forEach((name, value) -> headers.put((String) name, (String) value));
        Object secret = args.get("secret");
        List<?> secrets = secret instanceof List ? (List<?>) secret : List.of(secret);
        return Webhooks.unwrap(text(args, "payload").getBytes(StandardCharsets.UTF_8), headers::get, secrets.toArray(new String[0]));
    }

    /** RateLimitException becomes rate_limit. */
    private static Map<String, Object> failure(Exception error) {
        String name = error.getClass().getSimpleName().replaceAll("Exception$", "");
        Map<String, Object> told = new HashMap<>();
        told.put("type", name.replaceAll("(?<=[a-z])([A-Z])", "_$1").toLowerCase());
        told.put("message", String.valueOf(error.getMessage()));
        if (error instanceof ListException) told.put("code", ((ListException) error).code());
        if (!(error instanceof ApiException)) return told;
        ApiException refused = (ApiException) error;
        told.put("code", refused.code());
        told.put("status", refused.status());
        told.put("fields", refused.fields());
        refused.requestId().ifPresent(id -> told.put("request_id", id));
        refused.retryAfter().ifPresent(wait -> told.put("retry_after_s", wait.toMillis() / 1000.0));
        return told;
    }

    private static EmailVerifier client(Map<String, Object> options) {
        EmailVerifier.Builder builder = EmailVerifier.builder();
        if (options.containsKey("api_key")) builder.apiKey(text(options, "api_key"));
        if (options.containsKey("base_url")) builder.baseUrl(text(options, "base_url"));
        if (options.containsKey("timeout_ms")) builder.timeout(millis(options, "timeout_ms"));
        if (options.containsKey("total_timeout_ms")) builder.totalTimeout(millis(options, "total_timeout_ms"));
        if (options.containsKey("max_retries")) builder.maxRetries(((Number) options.get("max_retries")).intValue());
        return builder.build();
    }

    private static final class Case {
        String op;
        Map<String, Object> args;
        Map<String, Object> client;
    }

    private static JsonElement perform(String line) {
        Case one = Json.GSON.fromJson(line, Case.class);
        Map<String, Object> result = new HashMap<>();
        try {
            result.put("value", OPERATIONS.get(one.op).perform(client(one.client), one.args));
        } catch (Exception error) {
            result.put("error", failure(error));
        }
        return Json.GSON.toJsonTree(result);
    }

    public static void main(String[] args) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.write((perform(line) + "\n").getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }
}
