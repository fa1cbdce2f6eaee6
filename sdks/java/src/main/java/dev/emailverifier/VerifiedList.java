package dev.emailverifier;

import dev.emailverifier.model.EmailList;
import dev.emailverifier.model.ListRow;

/** A completed list and its rows. */
public final class VerifiedList {
    private final EmailList list;
    private final Pages<ListRow> rows;

    VerifiedList(EmailList list, Pages<ListRow> rows) {
        this.list = list;
        this.rows = rows;
    }

    public EmailList list() {
        return list;
    }

    public Pages<ListRow> rows() {
        return rows;
    }
}
