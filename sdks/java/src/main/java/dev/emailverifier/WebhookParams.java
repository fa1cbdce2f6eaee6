package dev.emailverifier;

import java.util.List;

/** For a change, all fields are optional. */
public final class WebhookParams extends Params<WebhookParams> {
    public WebhookParams url(String value) {
        return put("url", value);
    }

    public WebhookParams events(List<String> value) {
        return put("events", value);
    }

    public WebhookParams description(String value) {
        return put("description", value);
    }

    /** enabled or disabled; not for a new endpoint. */
    public WebhookParams state(String value) {
        return put("state", value);
    }
}
