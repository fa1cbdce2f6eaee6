package dev.emailverifier;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The total time to wait, and the delay before the second poll, which grows by half each time, up to 5 seconds. */
public final class Wait {
    private static final Duration MOST = Duration.ofSeconds(5);

    private Duration timeout;
    private Duration interval = Duration.ofMillis(500);

    public Wait timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    public Wait interval(Duration first) {
        interval = first;
        return this;
    }

    /** Polls until the condition holds. */
    <T> T until(Supplier<T> look, Predicate<T> isDone, Duration orElse) {
        Duration limit = timeout != null ? timeout : orElse;
        long endsAt = limit == null ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
        Duration most = MOST.compareTo(interval) > 0 ? MOST : interval;
        Duration pause = interval;
        while (true) {
            T found = look.get();
            if (isDone.test(found)) return found;
            if (limit != null && System.nanoTime() + pause.toNanos() >= endsAt) throw new TimeoutException("Not done within " + limit.toMillis() + " ms.", null);
            Transport.sleep(pause);
            Duration longer = pause.multipliedBy(3).dividedBy(2);
            pause = longer.compareTo(most) < 0 ? longer : most;
        }
    }
}
