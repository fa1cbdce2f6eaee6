package dev.emailverifier;

import java.util.OptionalLong;

/** How much of a file has been sent. */
public final class UploadProgress {
    private final long sentBytes;
    private final OptionalLong totalBytes;

    UploadProgress(long sentBytes, OptionalLong totalBytes) {
        this.sentBytes = sentBytes;
        this.totalBytes = totalBytes;
    }

    public long sentBytes() {
        return sentBytes;
    }

    /** Empty if the size of the source is not known. */
    public OptionalLong totalBytes() {
        return totalBytes;
    }
}
