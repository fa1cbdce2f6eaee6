package dev.emailverifier;

/** 500 and above. */
public final class ServerException extends ApiException {
    ServerException(Facts facts) {
        super(facts);
    }
}
