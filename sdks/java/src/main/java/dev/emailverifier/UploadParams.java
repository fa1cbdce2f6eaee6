package dev.emailverifier;

import java.util.Map;
import java.util.function.Consumer;

/** All fields are optional. */
public final class UploadParams extends Params<UploadParams> {
    String fileName;
    Consumer<UploadProgress> onUploadProgress;

    /** Replaces the file's own name. */
    public UploadParams fileName(String name) {
        fileName = name;
        return this;
    }

    public UploadParams onUploadProgress(Consumer<UploadProgress> tell) {
        onUploadProgress = tell;
        return this;
    }

    /** The column with the addresses, by its number, counted from 1. */
    public UploadParams emailColumn(int number) {
        return put("email_column", number);
    }

    public UploadParams name(String value) {
        return put("name", value);
    }

    public UploadParams policy(String value) {
        return put("policy", value);
    }

    /** Whether to start verifying as soon as the file is read. */
    public UploadParams start(boolean value) {
        return put("start", value);
    }

    /** {@code full} holds the most credits the list can cost; {@code until_empty} holds the credits you have and pauses the list when they run out. */
    public UploadParams mode(String value) {
        return put("mode", value);
    }

    public UploadParams creditCap(int value) {
        return put("credit_cap", value);
    }

    /** The column with the addresses, by its name. */
    public UploadParams emailColumn(String value) {
        return put("email_column", value);
    }

    public UploadParams hasHeader(boolean value) {
        return put("has_header", value);
    }

    public UploadParams retentionDays(int value) {
        return put("retention_days", value);
    }

    public UploadParams metadata(Map<String, ?> value) {
        return put("metadata", value);
    }
}
