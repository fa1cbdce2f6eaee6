package dev.emailverifier;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a call: its attempts, their time limits, and when to retry. */
final class Transport {
    private static final long BACK_OFF_FIRST_MS = 500;
    private static final long BACK_OFF_MAX_MS = 8_000;
    /** If the API asks for a longer wait than this, the call fails instead of waiting. */
    private static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(60);
    private static final String AGENT = "email-verifier-java/" + Version.VERSION + " (java " + System.getProperty("java.version") + ")";

    private final EmailVerifier.Builder options;
    private final HttpClient http;

    Transport(EmailVerifier.Builder options) {
        this.options = options;
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(options.timeout).build();
    }

    private interface Attempt<T> {
        T make(Duration limit);
    }

    <T> T json(Call call, Type type) {
        return run(call, new AtomicBoolean(), limit -> {
            Idle idle = new Idle(limit, call.upload == null);
            return read(exchange(call, idle, info -> BodySubscribers.ofByteArray()), type);
        });
    }

    /** Writes the answer's bytes as they arrive; once writing has begun, there is no retry. */
    void stream(Call call, OutputStream to) {
        AtomicBoolean hasBegun = new AtomicBoolean();
        run(call, hasBegun, limit -> {
            Idle idle = new Idle(limit, false);
            HttpResponse<byte[]> answer = exchange(call, idle, info -> info.statusCode() / 100 == 2 ? writer(to, idle, hasBegun) : BodySubscribers.ofByteArray());
            if (answer.statusCode() / 100 != 2) throw ApiException.from(answer.statusCode(), answer.headers(), textOf(answer));
            return null;
        });
    }

    private static BodySubscriber<byte[]> writer(OutputStream to, Idle idle, AtomicBoolean hasBegun) {
        BodySubscriber<Void> subscriber = BodySubscribers.ofByteArrayConsumer(chunk -> {
            hasBegun.set(true);
            idle.moved();
            write(to, chunk);
        });
        return BodySubscribers.mapping(subscriber, nothing -> new byte[0]);
    }

    private static void write(OutputStream to, Optional<byte[]> chunk) {
        try {
            if (chunk.isPresent()) to.write(chunk.get());
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private <T> T run(Call call, AtomicBoolean isTooLate, Attempt<T> attempt) {
        long endsAt = options.totalTimeout == null ? Long.MAX_VALUE : System.nanoTime() + options.totalTimeout.toNanos();
        for (int retries = 0; ; retries++) {
            try {
                long left = options.totalTimeout == null ? Long.MAX_VALUE : endsAt - System.nanoTime();
                return attempt.make(Duration.ofNanos(Math.max(1_000_000, Math.min(left, options.timeout.toNanos()))));
            } catch (ApiException | ConnectionException error) {
                Duration wait = isTooLate.get() || retries >= options.maxRetries ? null : retryAfter(error, retries, call);
                boolean isInTime = wait != null && (options.totalTimeout == null || System.nanoTime() + wait.toNanos() < endsAt);
                if (!isInTime) throw error;
                sleep(wait);
            }
        }
    }

    private HttpResponse<byte[]> exchange(Call call, Idle idle, BodyHandler<byte[]> handler) {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request(call, idle), handler);
        try {
            return idle.await(answer);
        } catch (TimeoutException over) {
            answer.cancel(true);
            throw new dev.emailverifier.TimeoutException("No answer within " + idle.limit.toMillis() + " ms.", over);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new EmailVerifierException("The thread was interrupted.", stopped);
        } catch (ExecutionException failed) {
            throw explain(failed.getCause());
        }
    }

    private static RuntimeException explain(Throwable cause) {
        if (cause instanceof UncheckedIOException) return (UncheckedIOException) cause;
        if (cause instanceof HttpTimeoutException) return new dev.emailverifier.TimeoutException("The API could not be reached in time.", cause);
        return new ConnectionException("The API could not be reached, or the connection broke: " + cause, cause);
    }

    private HttpRequest request(Call call, Idle idle) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(options.baseUrl + call.target()))
                .method(call.method, bodyOf(call, idle))
                .header("authorization", "Bearer " + options.apiKey)
                .header("accept", "application/json")
                .header("user-agent", AGENT);
        if (call.idempotencyKey != null) request.header("idempotency-key", call.idempotencyKey);
        if (call.upload != null) request.header("content-type", call.upload.contentType);
        else if (call.json != null) request.header("content-type", "application/json");
        return request.build();
    }

    private static BodyPublisher bodyOf(Call call, Idle idle) {
        if (call.upload != null) return call.upload.open(idle::moved);
        return call.json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.BODY.toJson(call.json));
    }

    private static <T> T read(HttpResponse<byte[]> answer, Type type) {
        String text = textOf(answer);
        if (answer.statusCode() / 100 != 2) throw ApiException.from(answer.statusCode(), answer.headers(), text);
        try {
            T value = Json.GSON.fromJson(text, type);
            if (value != null) return value;
        } catch (JsonParseException notOurs) {
            // Reported below.
        }
        throw ApiException.malformed(answer.statusCode(), answer.headers(), text);
    }

    private static String textOf(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** Null if another attempt is pointless. Exponential with full jitter, unless the API names a delay. */
    private static Duration retryAfter(EmailVerifierException error, int retries, Call call) {
        long mostMs = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS << Math.min(retries, 10));
        Duration backOff = Duration.ofMillis(ThreadLocalRandom.current().nextLong(mostMs));
        if (call.upload != null && !call.upload.file.canReplay || error instanceof MalformedAnswerException) return null;
        if (!(error instanceof ApiException)) return call.isRepeatable() ? backOff : null;
        ApiException refused = (ApiException) error;
        boolean wasRefusedUnread = refused.status() == 429 || refused.status() == 503;
        // 409: an earlier attempt of this same request is still running.
        boolean isOursToRepeat = refused.status() >= 500 || refused.code().equals("idempotency_in_progress");
        boolean isPassing = wasRefusedUnread || call.isRepeatable() && isOursToRepeat;
        Duration wait = refused.retryAfter().orElse(backOff);
        return isPassing && wait.compareTo(RETRY_AFTER_MAX) <= 0 ? wait : null;
    }

    static void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EmailVerifierException("The thread was interrupted.", stopped);
        }
    }

    /** Limits how long an attempt may take; for uploads and downloads, how long no data may move. */
    private static final class Idle {
        final Duration limit;
        private final boolean isWhole;
        private volatile long movedAt = System.nanoTime();

        Idle(Duration limit, boolean isWhole) {
            this.limit = limit;
            this.isWhole = isWhole;
        }

        void moved() {
            if (!isWhole) movedAt = System.nanoTime();
        }

        <T> T await(CompletableFuture<T> answer) throws TimeoutException, InterruptedException, ExecutionException {
            while (true) {
                long seen = movedAt;
                try {
                    return answer.get(Math.max(0, seen + limit.toNanos() - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (TimeoutException over) {
                    if (movedAt == seen) throw over;
                }
            }
        }
    }
}
