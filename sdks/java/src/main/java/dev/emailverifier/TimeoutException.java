package dev.emailverifier;

/** No answer within the time allowed. */
public class TimeoutException extends ConnectionException {
    TimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
