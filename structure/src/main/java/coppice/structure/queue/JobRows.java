package coppice.structure.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.structure.JobState;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Fronts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The jobs of a queue within a step: their values, how they stand, and the rows that find them.
final class JobRows {
    private static final byte[] NOTHING = {};

    /// How many delays and leases are ended in one step.
    static final int ENDED_AT_ONCE = 1_000;

    /// How many keys are looked at at once, for later steps too.
    private static final int LOOKED_AHEAD = 64;

    private final Space values;
    private final Space beside;
    private final Fronts fronts;
    private final long now;

    /// The first job that this step made ready: the fronts do not know of it.
    private byte[] firstWritten = QueueKeys.end(QueueKeys.READY);

    JobRows(Transaction transaction, String queue, Fronts fronts, long now) {
        this.values = transaction.space(queue);
        this.beside = transaction.space(QueueKeys.space(queue));
        this.fronts = fronts;
        this.now = now;
    }

    /// A job that was found, with its value.
    record Found(byte[] id, byte[] value, JobRecord record) {
        String text() {
            return QueueKeys.text(id);
        }
    }

    /// Puts a job that is not there.
    void put(byte[] id, byte[] value, JobRecord record) {
        values.put(id, value);
        write(id, record);
        if (!record.key().isEmpty() && record.state() != JobState.DEAD) {
            beside.put(QueueKeys.deduplication(record.key().getBytes(UTF_8), id), NOTHING);
        }
    }

    private void write(byte[] id, JobRecord record) {
        beside.put(QueueKeys.record(id), record.encode());
        place(record.place(id));
    }

    private void place(byte[] key) {
        beside.put(key, NOTHING);
        if (key[0] == QueueKeys.READY) {
            firstWritten = earlier(firstWritten, key);
        }
    }

    private static byte[] earlier(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) <= 0 ? one : other;
    }

    /// The job with a deduplication key, if one is there.
    Optional<byte[]> withKey(byte[] key) {
        try (Cursor cursor = beside.scan(Range.prefix(QueueKeys.deduplication(key)))) {
            while (cursor.next()) {
                byte[] id = QueueKeys.id(cursor.key());
                if (find(id).isPresent()) {
                    return Optional.of(id);
                }
            }
        }
        return Optional.empty();
    }

    /// How a job stands that is there.
    Optional<JobRecord> find(byte[] id) {
        return beside.get(QueueKeys.record(id)).flatMap(JobRecord::decode).filter(_ -> values.contains(id));
    }

    private Optional<Found> found(byte[] id) {
        return beside.get(QueueKeys.record(id))
                .flatMap(JobRecord::decode)
                .flatMap(record -> values.get(id).map(value -> new Found(id, value, record)));
    }

    /// Changes how a job stands.
    void move(byte[] id, JobRecord before, JobRecord after) {
        beside.delete(before.place(id));
        write(id, after);
        if (!before.key().isEmpty() && (before.state() == JobState.DEAD) != (after.state() == JobState.DEAD)) {
            claim(id, after);
        }
    }

    /// A dead letter keeps no other job from being put; one that is retried does, unless there is another already.
    private void claim(byte[] id, JobRecord record) {
        byte[] key = record.key().getBytes(UTF_8);
        if (record.state() == JobState.DEAD) {
            beside.delete(QueueKeys.deduplication(key, id));
        } else if (withKey(key).isEmpty()) {
            beside.put(QueueKeys.deduplication(key, id), NOTHING);
        }
    }

    void remove(byte[] id, JobRecord record) {
        values.delete(id);
        beside.delete(QueueKeys.record(id));
        beside.delete(record.place(id));
        if (!record.key().isEmpty()) {
            beside.delete(QueueKeys.deduplication(record.key().getBytes(UTF_8), id));
        }
    }

    /// Ends delays and leases that are over, the earliest first.
    ///
    /// @return when the next one is over, in milliseconds since 1970 UTC; [Long#MAX_VALUE] for never
    long end() {
        return Math.min(end(QueueKeys.DELAYED), end(QueueKeys.LEASED));
    }

    private long end(byte kind) {
        byte[] front = fronts.of(kind, 1).first();
        long first = QueueKeys.moment(front);
        boolean isNone = front[0] > kind;
        if (isNone || (front.length > Long.BYTES && first > now)) {
            return first;
        }
        List<byte[]> over = new ArrayList<>();
        long[] next = {Long.MAX_VALUE};
        walk(kind, ENDED_AT_ONCE + 1, key -> {
            long moment = QueueKeys.moment(key);
            if (moment <= now && over.size() < ENDED_AT_ONCE) {
                over.add(key);
                return true;
            }
            next[0] = moment;
            return false;
        });
        over.forEach(this::end);
        return next[0];
    }

    private void end(byte[] key) {
        byte[] id = QueueKeys.id(key);
        settled(key, id)
                .ifPresent(found -> move(id, found.record(), found.record().at(now)));
    }

    /// The job that a row finds. A row that says something else than the job's record, as a merge may leave it,
    /// is put right; then nothing.
    private Optional<Found> settled(byte[] key, byte[] id) {
        Optional<Found> found = found(id);
        if (found.filter(job -> Arrays.equals(job.record().place(id), key)).isEmpty()) {
            beside.delete(key);
            found.ifPresentOrElse(job -> place(job.record().place(id)), () -> beside.delete(QueueKeys.record(id)));
            return Optional.empty();
        }
        return found;
    }

    /// Jobs that are ready, in their order.
    ///
    /// @param most of them
    /// @param hasMore is told when there are more
    List<Found> ready(int most, Runnable hasMore) {
        List<Found> jobs = new ArrayList<>(Math.min(most, 16));
        List<byte[]> strays = new ArrayList<>();
        int withNext = most == Integer.MAX_VALUE ? most : most + 1;
        walk(QueueKeys.READY, withNext, key -> {
            if (jobs.size() == most) {
                hasMore.run();
                return false;
            }
            byte[] id = QueueKeys.id(key);
            Optional<Found> found = found(id);
            if (found.filter(job -> Arrays.equals(job.record().place(id), key)).isPresent()) {
                jobs.add(found.get());
            } else {
                strays.add(key);
            }
            return true;
        });
        strays.forEach(key -> settled(key, QueueKeys.id(key)));
        return jobs;
    }

    /// Visits keys of a kind, from the first one on. Some of them may not be there any more.
    ///
    /// @param most how many will be visited, about
    private void walk(byte kind, int most, Predicate<byte[]> visitor) {
        Fronts.Front front = fronts.of(kind, most);
        if (kind == QueueKeys.READY && firstWritten[0] == kind) {
            look(kind, earlier(front.first(), firstWritten), 0, visitor);
            return;
        }
        for (byte[] key : front.keys()) {
            if (!visitor.test(key)) {
                return;
            }
        }
        int ahead = fronts.equals(Fronts.UNKNOWN) ? 0 : LOOKED_AHEAD;
        Looked looked = look(kind, front.rest(), ahead, visitor);
        fronts.found(kind, front, looked.keys(), looked.rest());
    }

    /// Keys that were looked at, and where there may be more.
    private record Looked(List<byte[]> keys, byte[] rest) {}

    /// Visits keys of a kind.
    ///
    /// @param ahead how many are looked at even if the visitor wants no more
    private Looked look(byte kind, byte[] start, int ahead, Predicate<byte[]> visitor) {
        List<byte[]> keys = new ArrayList<>();
        byte[] end = QueueKeys.end(kind);
        try (Cursor cursor = beside.scan(Range.between(start, end))) {
            boolean goesOn = true;
            while (goesOn || keys.size() < ahead) {
                if (!cursor.next()) {
                    return new Looked(keys, end);
                }
                byte[] key = cursor.key();
                keys.add(key);
                goesOn = goesOn && visitor.test(key);
            }
        }
        return new Looked(keys, keys.isEmpty() ? start : Fronts.behind(keys.getLast()));
    }

    /// The dead letters.
    List<Found> dead() {
        List<Found> jobs = new ArrayList<>();
        List<byte[]> strays = new ArrayList<>();
        try (Cursor cursor = beside.scan(Range.prefix(new byte[] {QueueKeys.DEAD}))) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                found(QueueKeys.id(key))
                        .filter(job -> job.record().state() == JobState.DEAD)
                        .ifPresentOrElse(jobs::add, () -> strays.add(key));
            }
        }
        strays.forEach(key -> settled(key, QueueKeys.id(key)));
        return jobs;
    }

    void clear() {
        Contents.clear(values);
        Contents.clear(beside);
    }
}
