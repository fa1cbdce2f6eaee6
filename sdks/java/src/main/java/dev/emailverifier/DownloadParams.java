package dev.emailverifier;

import java.util.List;

/** All fields are optional. */
public final class DownloadParams extends Params<DownloadParams> {
    /** all, send, review, do_not_send, retry or rejected. */
    public DownloadParams segment(String value) {
        return put("segment", value);
    }

    /** csv, xlsx or jsonl. */
    public DownloadParams format(String value) {
        return put("format", value);
    }

    /** Any of own, verdict and details. */
    public DownloadParams columns(List<String> value) {
        return put("columns", value);
    }

    public DownloadParams bom(boolean value) {
        return put("bom", value);
    }

    public DownloadParams status(String value) {
        return put("status", value);
    }

    public DownloadParams reason(String value) {
        return put("reason", value);
    }

    public DownloadParams provider(String value) {
        return put("provider", value);
    }

    public DownloadParams q(String value) {
        return put("q", value);
    }
}
