package dev.emailverifier;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A file as a multipart form: the fields come first, because the API stores the file as it arrives. */
final class Upload {
    final FileSource file;
    final String contentType;
    private final UploadParams params;
    private final byte[] head;
    private final byte[] tail;

    Upload(FileSource file, UploadParams params) {
        this.file = file;
        this.params = params;
        String boundary = "ev-" + UUID.randomUUID();
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> field : params.values.entrySet()) {
            Object value = field.getValue();
            String words = value instanceof String ? (String) value : Json.GSON.toJson(value);
            text.append("--").append(boundary).append("\r\ncontent-disposition: form-data; name=\"").append(field.getKey());
            text.append("\"\r\n\r\n").append(words).append("\r\n");
        }
        String name = (params.fileName != null ? params.fileName : file.name).replaceAll("[\"\r\n]", "_");
        text.append("--").append(boundary).append("\r\ncontent-disposition: form-data; name=\"file\"; filename=\"").append(name);
        text.append("\"\r\ncontent-type: application/octet-stream\r\n\r\n");
        head = text.toString().getBytes(StandardCharsets.UTF_8);
        tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        contentType = "multipart/form-data; boundary=" + boundary;
    }

    /** Starts over for another attempt; {@code moved} runs whenever a part has been sent. */
    BodyPublisher open(Runnable moved) {
        BodyPublisher body = BodyPublishers.ofInputStream(() -> stream(moved));
        if (file.size.isEmpty()) return body;
        return BodyPublishers.fromPublisher(body, head.length + file.size.getAsLong() + tail.length);
    }

    private InputStream stream(Runnable moved) {
        try {
            InputStream counted = new Counted(file.opener.open(), moved);
            return new SequenceInputStream(Collections.enumeration(List.of(new ByteArrayInputStream(head), counted, new ByteArrayInputStream(tail))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private final class Counted extends FilterInputStream {
        private final Runnable moved;
        private long sent;

        Counted(InputStream in, Runnable moved) {
            super(in);
            this.moved = moved;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int size = super.read(buffer, offset, length);
            moved.run();
            if (size > 0) {
                sent += size;
                if (params.onUploadProgress != null) params.onUploadProgress.accept(new UploadProgress(sent, file.size));
            }
            return size;
        }
    }
}
