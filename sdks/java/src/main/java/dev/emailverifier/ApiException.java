package dev.emailverifier;

import com.google.gson.JsonParseException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API refused the call. The code is stable and meant for programs, the message is for people, and support asks for the request id. */
public abstract class ApiException extends EmailVerifierException {
    private final transient Facts facts;

    ApiException(Facts facts) {
        super(facts.message, null);
        this.facts = facts;
    }

    public int status() {
        return facts.status;
    }

    public String code() {
        return facts.code;
    }

    public Optional<String> requestId() {
        return Optional.ofNullable(facts.requestId);
    }

    /** How long to wait before retrying. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(facts.retryAfter);
    }

    /** What is wrong with each field. */
    public Map<String, String> fields() {
        return facts.fields;
    }

    static final class Facts {
        int status;
        String code;
        String message;
        String requestId;
        Duration retryAfter;
        Map<String, String> fields = Map.of();
    }

    private static final class Problem {
        String title;
        String detail;
        String code;
        String requestId;
        List<FieldProblem> errors;
    }

    private static final class FieldProblem {
        String field;
        String detail;
    }

    /** Builds the error from an unsuccessful response, whose body may be anything. */
    static ApiException from(int status, HttpHeaders headers, String body) {
        Problem problem = read(body);
        Facts facts = new Facts();
        facts.status = status;
        facts.code = problem.code != null ? problem.code : "http_" + status;
        facts.message = problem.detail != null ? problem.detail : problem.title != null ? problem.title : "The API answered " + status + ".";
        facts.requestId = problem.requestId != null ? problem.requestId : headers.firstValue("x-request-id").orElse(null);
        facts.retryAfter = headers.firstValue("retry-after").map(ApiException::readRetryAfter).orElse(null);
        if (problem.errors != null) {
            facts.fields = new HashMap<>();
            for (FieldProblem item : problem.errors) facts.fields.put(item.field, item.detail);
        }
        return of(status, facts);
    }

    static ApiException malformed(int status, HttpHeaders headers, String body) {
        Facts facts = new Facts();
        facts.status = status;
        facts.code = "malformed_answer";
        facts.message = "The answer is not what the API promises: " + body.substring(0, Math.min(200, body.length()));
        facts.requestId = headers.firstValue("x-request-id").orElse(null);
        return new MalformedAnswerException(facts);
    }

    private static ApiException of(int status, Facts facts) {
        switch (status) {
            case 401:
                return new AuthenticationException(facts);
            case 402:
                return new PaymentRequiredException(facts);
            case 403:
                return new PermissionDeniedException(facts);
            case 404:
                return new NotFoundException(facts);
            case 409:
                return new ConflictException(facts);
            case 429:
                return new RateLimitException(facts);
            default:
                return status >= 500 ? new ServerException(facts) : new InvalidRequestException(facts);
        }
    }

    private static Problem read(String body) {
        try {
            Problem problem = Json.GSON.fromJson(body, Problem.class);
            return problem != null ? problem : new Problem();
        } catch (JsonParseException notOurs) {
            return new Problem();
        }
    }

    /** Seconds, or a date (RFC 9110 10.2.3). */
    private static Duration readRetryAfter(String value) {
        if (value.matches("\\d{1,9}")) return Duration.ofSeconds(Long.parseLong(value));
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(Instant.now(), at);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException noDate) {
            return null;
        }
    }
}
