package coppice.structure.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Transaction;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.Delivery;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.JobOptions;
import coppice.api.structure.JobState;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.Placed;
import coppice.api.structure.QueueChange;
import coppice.api.structure.QueueOptions;
import coppice.api.structure.Receipt;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.WorkQueue;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.Fronts;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Line;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A queue over a space, to change.
public final class SpaceQueue<V> extends SpaceQueueView<V> implements WorkQueue<V> {
    private static final int KEY_BYTES_MAX = 1_000;

    private final Ground ground;
    private final QueueOptions options;
    private final Registered registered;
    private final String beside;

    public SpaceQueue(StructureInfo queue, Codec<V> codec, Ground ground) {
        this(queue, codec, ground, QueueOptions.defaults());
    }

    private SpaceQueue(StructureInfo queue, Codec<V> codec, Ground ground, QueueOptions options) {
        super(queue, codec, ground);
        this.ground = ground;
        this.options = options;
        this.registered = Registered.of(ground, queue);
        this.beside = QueueKeys.space(queue.name());
    }

    @Override
    public WorkQueue<V> with(QueueOptions other) {
        return new SpaceQueue<>(queue, codec, ground, other);
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    private long now() {
        return ground.now().toEpochMilli();
    }

    /// Changes what is there.
    private <T> T update(long now, Function<JobRows, T> body) {
        return registered.updateIfThere(beside, (transaction, fronts) -> body.apply(rows(transaction, fronts, now)));
    }

    /// Changes what is there, and has the queue made if it is not there yet.
    private <T> T write(long now, Function<JobRows, T> body) {
        return registered.update(beside, (transaction, fronts) -> body.apply(rows(transaction, fronts, now)));
    }

    private JobRows rows(Transaction transaction, Fronts fronts, long now) {
        return new JobRows(transaction, name(), fronts, now);
    }

    @Override
    public String put(V value) {
        return put(value, JobOptions.defaults()).id();
    }

    @Override
    public Placed put(V value, JobOptions how) {
        byte[] stored = encode(value);
        byte[] key = checkedKey(how.key().orElse("")).getBytes(UTF_8);
        long now = now();
        JobRecord record = JobRecord.placed(
                how.priority(), now, millis(how.delay()), how.key().orElse(""));
        Placed placed = write(now, rows -> {
            Optional<byte[]> there = key.length == 0 ? Optional.empty() : rows.withKey(key);
            if (there.isPresent()) {
                return new Placed(QueueKeys.text(there.get()), false);
            }
            String id = ground.stamp();
            rows.put(QueueKeys.id(id), stored, record);
            return new Placed(id, true);
        });
        if (record.state() == JobState.DELAYED && placed.isNew()) {
            due(record.until());
        }
        return placed;
    }

    @Override
    public List<String> putAll(Collection<? extends V> all) {
        List<byte[]> stored = all.stream().map(this::encode).toList();
        long now = now();
        JobRecord record = JobRecord.placed(0, now, 0, "");
        return write(now, rows -> {
            List<String> ids = new ArrayList<>(stored.size());
            for (byte[] value : stored) {
                String id = ground.stamp();
                rows.put(QueueKeys.id(id), value, record);
                ids.add(id);
            }
            return List.copyOf(ids);
        });
    }

    private byte[] encode(V value) {
        return codec.encode(value, new Codec.Place(name(), "a new job"));
    }

    /// A deduplication key that can be one.
    static String checkedKey(String key) {
        byte[] bytes = key.getBytes(UTF_8);
        boolean isText = key.equals(new String(bytes, UTF_8));
        if (bytes.length > KEY_BYTES_MAX || !isText) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_KEY,
                            isText
                                    ? "A deduplication key has at most " + KEY_BYTES_MAX + " bytes, this one has "
                                            + bytes.length + ": take a hash of it"
                                    : "A deduplication key is text, this one holds half a character: mend it")
                    .with("length", bytes.length);
        }
        return key;
    }

    /// At least one for what is not nothing, and never more than a moment can be away.
    private static long millis(Duration duration) {
        long millis = Math.min(TimeUnit.MILLISECONDS.convert(duration), Long.MAX_VALUE / 4);
        return duration.isPositive() ? Math.max(1, millis) : 0;
    }

    private void due(long moment) {
        ground.due(Instant.ofEpochMilli(moment));
    }

    @Override
    public Delivery<V> get() {
        return deliveries(1, Long.MAX_VALUE).getFirst();
    }

    @Override
    public Optional<Delivery<V>> get(Duration limit) {
        return deliveries(1, nanos(limit)).stream().findFirst();
    }

    @Override
    public List<Delivery<V>> getMany(int most, Duration limit) {
        if (most < 1) {
            throw new IllegalArgumentException("At least 1 job is to be got, not " + most);
        }
        return deliveries(most, nanos(limit));
    }

    private static long nanos(Duration limit) {
        return Math.clamp(TimeUnit.NANOSECONDS.convert(limit), 0, Long.MAX_VALUE - 1);
    }

    /// Jobs that were got, and whether and when there are more.
    private record Got(List<JobRows.Found> jobs, boolean hasMore, long next) {}

    private List<Delivery<V>> deliveries(int most, long nanos) {
        List<JobRows.Found> jobs = await(nanos, () -> lease(most));
        if (!jobs.isEmpty()) {
            due(jobs.getFirst().record().until());
        }
        List<Delivery<V>> deliveries = new ArrayList<>(jobs.size());
        DatabaseException.Incorrect misfit = null;
        for (JobRows.Found job : jobs) {
            try {
                deliveries.add(delivery(job));
            } catch (DatabaseException.Incorrect unusable) {
                bury(job);
                misfit = unusable;
            }
        }
        if (deliveries.isEmpty() && misfit != null) {
            throw misfit;
        }
        return List.copyOf(deliveries);
    }

    private Delivery<V> delivery(JobRows.Found job) {
        String id = job.text();
        JobRecord record = job.record();
        return new Delivery<>(
                id,
                decode(id, job.value()),
                record.attempts(),
                Instant.ofEpochMilli(record.until()),
                new Receipt(id, record.lease()));
    }

    private List<JobRows.Found> await(long nanos, Supplier<Got> look) {
        if (nanos == 0) {
            return look.get().jobs();
        }
        return ground.line(beside)
                .await(nanos, () -> {
                    Got got = look.get();
                    return new Line.Look<>(
                            Optional.of(got.jobs()).filter(jobs -> !jobs.isEmpty()), got.hasMore(), got.next());
                })
                .orElseGet(List::of);
    }

    private Got lease(int most) {
        long now = now();
        long end = now + millis(options.visibility());
        return got(now, most, (rows, job) -> {
            JobRecord leased = job.record().got(options.attempts(), end, ground.stamp());
            rows.move(job.id(), job.record(), leased);
            return new JobRows.Found(job.id(), job.value(), leased);
        });
    }

    private Got remove() {
        return got(now(), 1, (rows, job) -> {
            rows.remove(job.id(), job.record());
            return job;
        });
    }

    private interface Step {
        JobRows.Found of(JobRows rows, JobRows.Found job);
    }

    private Got got(long now, int most, Step step) {
        return update(now, rows -> {
            long next = rows.end();
            boolean[] hasMore = {false};
            List<JobRows.Found> jobs = rows.ready(most, () -> hasMore[0] = true);
            jobs.replaceAll(job -> step.of(rows, job));
            return new Got(jobs, hasMore[0], next);
        });
    }

    /// Makes a dead letter of a job of which nobody can make anything.
    private void bury(JobRows.Found job) {
        update(now(), rows -> {
            rows.find(job.id())
                    .filter(record -> record.lease().equals(job.record().lease()))
                    .ifPresent(record -> rows.move(job.id(), record, record.dead()));
            return true;
        });
    }

    @Override
    public V take() {
        return taken(Long.MAX_VALUE).orElseThrow();
    }

    @Override
    public Optional<V> take(Duration limit) {
        return taken(nanos(limit));
    }

    private Optional<V> taken(long nanos) {
        List<JobRows.Found> jobs = await(nanos, this::remove);
        if (jobs.isEmpty()) {
            return Optional.empty();
        }
        JobRows.Found job = jobs.getFirst();
        try {
            return Optional.of(decode(job.text(), job.value()));
        } catch (DatabaseException.Incorrect misfit) {
            update(now(), rows -> {
                rows.put(job.id(), job.value(), job.record().dead());
                return true;
            });
            throw misfit;
        }
    }

    /// Changes a job that is there.
    ///
    /// @param which says whether it is to be changed as it stands
    private boolean change(String id, Predicate<JobRecord> which, Change change) {
        byte[] bytes = QueueKeys.id(id);
        if (bytes.length != QueueKeys.ID_BYTES) {
            return false;
        }
        return update(now(), rows -> {
            Optional<JobRecord> found = rows.find(bytes).filter(which);
            found.ifPresent(record -> change.apply(rows, bytes, record));
            return found.isPresent();
        });
    }

    private interface Change {
        void apply(JobRows rows, byte[] id, JobRecord record);
    }

    private static Predicate<JobRecord> counts(Receipt receipt) {
        return record -> !receipt.lease().isEmpty() && record.lease().equals(receipt.lease());
    }

    private static Predicate<JobRecord> isIn(JobState state) {
        return record -> record.state() == state;
    }

    @Override
    public boolean ack(Receipt receipt) {
        return change(receipt.job(), counts(receipt), JobRows::remove);
    }

    @Override
    public boolean nack(Receipt receipt, Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A delay is not negative, as " + delay + " is");
        }
        long moment = delay.isZero() ? 0 : now() + millis(delay);
        boolean isGivenBack = change(
                receipt.job(),
                counts(receipt).and(isIn(JobState.DEAD).negate()),
                (rows, id, record) -> rows.move(id, record, record.again(moment).withoutLease()));
        if (isGivenBack && moment > 0) {
            due(moment);
        }
        return isGivenBack;
    }

    @Override
    public boolean extend(Receipt receipt, Duration visibility) {
        long end = now() + millis(options.withVisibility(visibility).visibility());
        boolean isKept = change(
                receipt.job(),
                counts(receipt).and(isIn(JobState.DEAD).negate()),
                (rows, id, record) -> rows.move(id, record, record.kept(end)));
        if (isKept) {
            due(end);
        }
        return isKept;
    }

    @Override
    public boolean retry(String id) {
        return change(id, isIn(JobState.DEAD), (rows, known, record) -> rows.move(known, record, record.retried()));
    }

    @Override
    public long retryAll() {
        return dead(
                (rows, job) -> rows.move(job.id(), job.record(), job.record().retried()));
    }

    @Override
    public long purge() {
        return dead((rows, job) -> rows.remove(job.id(), job.record()));
    }

    private long dead(BiConsumer<JobRows, JobRows.Found> step) {
        return update(now(), rows -> {
            rows.end();
            List<JobRows.Found> jobs = rows.dead();
            jobs.forEach(job -> step.accept(rows, job));
            return (long) jobs.size();
        });
    }

    @Override
    public boolean remove(String id) {
        return change(id, _ -> true, JobRows::remove);
    }

    @Override
    public void clear() {
        update(now(), rows -> {
            rows.clear();
            return true;
        });
    }

    @Override
    public void batched(Consumer<WorkQueue<V>> body) {
        ground.attempt(transaction -> {
            body.accept(transaction.queue(name(), codec.type()).with(options));
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        List<JobItem> items = new ArrayList<>();
        long now = now();
        Dump.read(in, format, queue.kind(), read -> {
            JobItem item = JobItem.of(read, now);
            decode(item.id().orElse("a new job"), item.value());
            items.add(item);
        });
        long count = write(now, rows -> {
            if (mode == LoadMode.REPLACE) {
                rows.clear();
            }
            return items.stream().filter(item -> load(rows, item)).count();
        });
        items.stream()
                .mapToLong(item -> item.record().until())
                .filter(until -> until > 0)
                .min()
                .ifPresent(this::due);
        return count;
    }

    private boolean load(JobRows rows, JobItem item) {
        byte[] id = QueueKeys.id(item.id().orElseGet(ground::stamp));
        rows.find(id).ifPresent(there -> rows.remove(id, there));
        byte[] key = item.record().key().getBytes(UTF_8);
        boolean isNew = key.length == 0 || rows.withKey(key).isEmpty();
        if (isNew) {
            rows.put(id, item.value(), item.record());
        }
        return isNew;
    }

    @Override
    public StructureFeed<QueueChange<V>> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super QueueChange<V>> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<QueueChange<V>> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new QueueChange.Missed<>());
    }

    private QueueChange<V> change(RowChange row) {
        String id = row.keyText();
        return switch (row) {
            case RowChange.Added added -> new QueueChange.Put<>(id, decode(id, added.after()));
            case RowChange.Modified both -> new QueueChange.Put<>(id, decode(id, both.after()));
            case RowChange.Removed removed -> new QueueChange.Removed<>(id, decode(id, removed.before()));
        };
    }
}
