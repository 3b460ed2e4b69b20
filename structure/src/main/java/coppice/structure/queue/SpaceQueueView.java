package coppice.structure.queue;

import coppice.api.Cursor;
import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Job;
import coppice.api.structure.JobState;
import coppice.api.structure.QueueCounts;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.WorkQueueView;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A queue over a space, to look at: a row for each job, under its id, in the stored form of its value.
public class SpaceQueueView<V> implements WorkQueueView<V> {
    final StructureInfo queue;
    final Codec<V> codec;
    private final ReadGround ground;

    /// @param queue what it is
    /// @param codec of its values
    public SpaceQueueView(StructureInfo queue, Codec<V> codec, ReadGround ground) {
        this.queue = queue;
        this.codec = codec;
        this.ground = ground;
    }

    @Override
    public String name() {
        return queue.name();
    }

    /// A job without its value.
    private record Standing(byte[] id, JobRecord record) {
        byte[] place() {
            return record.place(id);
        }
    }

    /// The queue as it is at one moment.
    private final class Still {
        private final SpaceView values;
        private final SpaceView beside;
        private final long now;

        Still() {
            ReadGround still = ground.still();
            this.values = still.space(queue.name());
            this.beside = still.space(QueueKeys.space(queue.name()));
            this.now = still.now().toEpochMilli();
        }

        /// How a job stands that is there.
        Optional<Standing> find(byte[] id) {
            return beside.get(QueueKeys.record(id))
                    .flatMap(JobRecord::decode)
                    .filter(_ -> values.contains(id))
                    .map(record -> new Standing(id, record));
        }

        /// The jobs that rows of a state find.
        Stream<Standing> standing(JobState state, Range range) {
            return beside.entries(range)
                    .map(Entry::key)
                    .flatMap(key -> find(QueueKeys.id(key))
                            .filter(job -> job.record().state() == state && Arrays.equals(job.place(), key))
                            .stream());
        }

        Stream<Standing> standing(JobState state) {
            return standing(state, Range.prefix(new byte[] {QueueKeys.kind(state)}));
        }

        /// Those of a state whose delay or lease is over, as what they are now.
        private Stream<Standing> over(JobState state) {
            byte kind = QueueKeys.kind(state);
            return standing(state, Range.between(new byte[] {kind}, QueueKeys.moment(kind, now + 1)))
                    .map(job -> new Standing(job.id(), job.record().at(now)));
        }

        /// Those that are over and stand in a state now, in their order. They are few: they are moved each second.
        List<Standing> become(JobState state) {
            List<Standing> all = new ArrayList<>();
            for (JobState before : List.of(JobState.DELAYED, JobState.LEASED)) {
                try (Stream<Standing> over = over(before)) {
                    over.filter(job -> job.record().state() == state).forEach(all::add);
                }
            }
            all.sort(Comparator.comparing(Standing::place, Arrays::compareUnsigned));
            return all;
        }

        Stream<Standing> all(JobState state) {
            return switch (state) {
                case READY, DEAD -> Merged.of(standing(state), become(state), Standing::place);
                case DELAYED, LEASED -> {
                    byte kind = QueueKeys.kind(state);
                    yield standing(state, Range.between(QueueKeys.moment(kind, now + 1), QueueKeys.end(kind)));
                }
            };
        }

        Stream<Job<V>> shown(Standing job) {
            return values.get(job.id()).map(value -> SpaceQueueView.this.shown(job, value)).stream();
        }

        Stream<JobItem> items(JobState state) {
            return all(state)
                    .flatMap(job -> values
                            .get(job.id())
                            .map(value -> new JobItem(Optional.of(QueueKeys.text(job.id())), value, job.record()))
                            .stream());
        }

        QueueCounts counts() {
            Map<JobState, Long> counts = new EnumMap<>(JobState.class);
            for (JobState state : List.of(JobState.DELAYED, JobState.LEASED, JobState.DEAD)) {
                try (Stream<Standing> jobs = standing(state)) {
                    jobs.forEach(job -> counts.merge(job.record().at(now).state(), 1L, Long::sum));
                }
            }
            long ready = count(QueueKeys.READY) + counts.getOrDefault(JobState.READY, 0L);
            return new QueueCounts(
                    ready,
                    counts.getOrDefault(JobState.DELAYED, 0L),
                    counts.getOrDefault(JobState.LEASED, 0L),
                    counts.getOrDefault(JobState.DEAD, 0L));
        }

        private long count(byte kind) {
            long count = 0;
            try (Cursor cursor = beside.scan(Range.prefix(new byte[] {kind}))) {
                while (cursor.next()) {
                    count++;
                }
            }
            return count;
        }
    }

    private Job<V> shown(Standing job, byte[] value) {
        JobRecord record = job.record();
        return new Job<>(
                QueueKeys.text(job.id()),
                decode(QueueKeys.text(job.id()), value),
                record.state(),
                record.priority(),
                record.attempts(),
                Instant.ofEpochMilli(record.putAt()),
                record.until() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(record.until())),
                record.key().isEmpty() ? Optional.empty() : Optional.of(record.key()));
    }

    @Override
    public QueueCounts counts() {
        return new Still().counts();
    }

    @Override
    public Stream<Job<V>> jobs(JobState state) {
        Still still = new Still();
        return still.all(state).flatMap(still::shown);
    }

    @Override
    public Optional<Job<V>> find(String id) {
        byte[] bytes = QueueKeys.id(id);
        if (bytes.length == 0 || bytes.length > QueueKeys.ID_BYTES) {
            return Optional.empty();
        }
        Still still = new Still();
        return still.find(bytes)
                .map(job -> new Standing(bytes, job.record().at(still.now)))
                .flatMap(job -> still.shown(job).findFirst());
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        Still still = new Still();
        long count = still.counts().total();
        try (Stream<JobItem> jobs = Arrays.stream(JobState.values()).flatMap(still::items)) {
            Dump.write(out, format, queue, count, jobs.map(JobItem::json).iterator());
        }
        return count;
    }

    final V decode(String id, byte[] stored) {
        V value = codec.decode(stored, place(id));
        if (value == null) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT, "What is stored for " + place(id) + " is null, which is no job")
                    .with("structure", name());
        }
        return value;
    }

    final Codec.Place place(String id) {
        return new Codec.Place(name(), "job '" + id + "'");
    }
}
