package dev.emailverifier;

import dev.emailverifier.model.EmailList;
import dev.emailverifier.model.ListRow;
import dev.emailverifier.model.ListStatus;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Lists of addresses that are verified together. */
public final class Lists {
    private static final Set<String> STANDING =
            Set.of(ListStatus.COMPLETED, ListStatus.CANCELLED, ListStatus.FAILED, ListStatus.EXPIRED, ListStatus.PAUSED);
    private static final Set<String> UNREAD = Set.of(ListStatus.UPLOADING, ListStatus.PARSING);

    private final Transport transport;

    Lists(Transport transport) {
        this.transport = transport;
    }

    /** Uploads a file and verifies it. Returns the completed list and its rows. Throws a ListException if the list does not complete. */
    public VerifiedList verify(FileSource file, UploadParams params, Wait wait, Consumer<EmailList> onProgress) {
        EmailList created = create(file, params.start(true));
        onProgress.accept(created);
        EmailList list = waitFor(created.id(), wait, onProgress);
        if (!list.status().equals(ListStatus.COMPLETED)) throw new ListException(list);
        return new VerifiedList(list, results(list.id(), new RowFilter()));
    }

    public VerifiedList verify(FileSource file) {
        return verify(file, new UploadParams(), new Wait(), list -> {});
    }

    /** Uploads a file. */
    public EmailList create(FileSource file, UploadParams params) {
        Call call = Call.post("/v1/lists").spending(params.idempotencyKey);
        call.upload = new Upload(file, params);
        return transport.json(call, EmailList.class);
    }

    /** All lists, newest first. */
    public Pages<EmailList> list(ListFilter filter) {
        return new Pages<>(transport, "/v1/lists", filter, EmailList.class);
    }

    public EmailList get(String id) {
        return transport.json(Call.get(path(id)), EmailList.class);
    }

    public EmailList update(String id, ListChange change) {
        return transport.json(Call.of("PATCH", path(id), change.values), EmailList.class);
    }

    /** Deletes the list's rows. The list itself is kept, as {@code expired}, with its totals. */
    public EmailList delete(String id) {
        return transport.json(Call.of("DELETE", path(id), null), EmailList.class);
    }

    public EmailList start(String id, StartParams params) {
        return spend(id, "start", params);
    }

    /** Uses only creditCap of the parameters. */
    public EmailList resume(String id, StartParams params) {
        return spend(id, "resume", params);
    }

    public EmailList retryUnknowns(String id, StartParams params) {
        return spend(id, "retry-unknowns", params);
    }

    public EmailList pause(String id) {
        return transport.json(Call.post(path(id) + "/pause"), EmailList.class);
    }

    public EmailList cancel(String id) {
        return transport.json(Call.post(path(id) + "/cancel"), EmailList.class);
    }

    /** The list's rows, even while the list is running. */
    public Pages<ListRow> results(String id, RowFilter filter) {
        return new Pages<>(transport, path(id) + "/results", filter, ListRow.class);
    }

    /** Streams the whole list as a file to {@code to}, in its original columns and order. */
    public void download(String id, DownloadParams params, OutputStream to) {
        transport.stream(Call.get(path(id) + "/download", params), to);
    }

    /** Waits until the list is completed or has stopped (paused, failed, or waiting for its column to be chosen). */
    public EmailList waitFor(String id, Wait wait, Consumer<EmailList> onProgress) {
        return waitUntil(id, wait, onProgress, Lists::isStanding);
    }

    /** Waits until the list's file is read and quoted. */
    public EmailList waitUntilReady(String id, Wait wait, Consumer<EmailList> onProgress) {
        return waitUntil(id, wait, onProgress, list -> !UNREAD.contains(list.status()));
    }

    private EmailList waitUntil(String id, Wait wait, Consumer<EmailList> onProgress, Predicate<EmailList> isDone) {
        return wait.until(() -> {
            EmailList list = get(id);
            onProgress.accept(list);
            return list;
        }, isDone, null);
    }

    private EmailList spend(String id, String move, StartParams params) {
        Object json = params.values.isEmpty() ? null : params.values;
        return transport.json(Call.of("POST", path(id) + "/" + move, json).spending(params.idempotencyKey), EmailList.class);
    }

    private static boolean isStanding(EmailList list) {
        return STANDING.contains(list.status()) || list.status().equals(ListStatus.READY) && list.failure() != null;
    }

    private static String path(String id) {
        return "/v1/lists/" + Call.encode(id);
    }
}
