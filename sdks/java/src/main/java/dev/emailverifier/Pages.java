package dev.emailverifier;

import com.google.gson.reflect.TypeToken;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Iterates over all items of a listing and loads pages as needed. */
public final class Pages<T> implements Iterable<T> {
    private final Transport transport;
    private final String path;
    private final Map<String, Object> query;
    private final Type type;

    Pages(Transport transport, String path, Params<?> filter, Class<T> item) {
        this.transport = transport;
        this.path = path;
        this.query = filter.values;
        this.type = TypeToken.getParameterized(Page.class, item).getType();
    }

    /** One page of a listing. */
    public static final class Page<T> {
        private List<T> data;
        private String nextCursor;

        public List<T> data() {
            return data == null ? Collections.emptyList() : data;
        }

        /** Null on the last page. */
        public String nextCursor() {
            return nextCursor;
        }
    }

    /** Reads one page, if you keep cursors yourself; null means the first. */
    public Page<T> page(String cursor) {
        Map<String, Object> asked = new LinkedHashMap<>(query);
        if (cursor != null) asked.put("cursor", cursor);
        return transport.json(Call.get(path, asked), type);
    }

    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private Iterator<T> items = Collections.emptyIterator();
            private String cursor;
            private boolean isLast;

            @Override
            public boolean hasNext() {
                while (!items.hasNext() && !isLast) {
                    Page<T> page = page(cursor);
                    cursor = page.nextCursor();
                    isLast = cursor == null;
                    items = page.data().iterator();
                }
                return items.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) throw new NoSuchElementException();
                return items.next();
            }
        };
    }

    static <T> List<T> all(Transport transport, Call call, Class<T> item) {
        Page<T> page = transport.json(call, TypeToken.getParameterized(Page.class, item).getType());
        return page.data();
    }
}
