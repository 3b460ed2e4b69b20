package coppice.kernel.journal;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.journal.SegmentReader.Tail;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Reads a journal that may be damaged as far as it goes from its beginning, and counts what is behind. Changes
/// nothing.
public final class JournalSurvey {
    private final Disk disk;
    private final String directory;
    private final JournalOptions options;
    private final RecordFormat format;
    private final RecordVisitor visitor;
    private final List<SegmentHeader> segments = new ArrayList<>();
    private final Set<Long> cut = new HashSet<>();
    private Optional<CorruptException> header = Optional.empty();
    private Optional<CorruptException> damage = Optional.empty();
    private long end;
    private long durable;
    private long recordsBehind;
    private long bytesBehind;
    private long until = Long.MAX_VALUE;
    private long free;

    private JournalSurvey(Disk disk, String directory, JournalOptions options, long startLsn, RecordVisitor visitor) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.format = new RecordFormat(options.database());
        this.visitor = visitor;
        this.end = startLsn;
        this.durable = Math.max(startLsn, options.mustReach());
        this.free = durable;
    }

    /// What was found.
    ///
    /// @param end where the records end that can be replayed
    /// @param damage why they end there although more was acknowledged; empty when they do not
    /// @param header a segment whose header is damaged: it cannot be opened, though its records may be read
    /// @param recordsBehind how many sound records are behind the damage
    /// @param bytesBehind how long they are
    /// @param free a position behind all that there is
    public record Result(
            long end,
            Optional<CorruptException> damage,
            Optional<CorruptException> header,
            long recordsBehind,
            long bytesBehind,
            long free) {
        /// Whether it can be opened as it is.
        public boolean isSound() {
            return damage.isEmpty() && header.isEmpty();
        }
    }

    /// What can be said of a journal whose database says nothing any more.
    ///
    /// @param database whose it is
    /// @param start the first position that there is
    public record Remains(UUID database, long start) {}

    /// Whose journal lies in a directory, and where it begins; empty when no segment can be read.
    public static Optional<Remains> remains(Disk disk, String directory) {
        if (!disk.exists(directory)) {
            return Optional.empty();
        }
        long start = Long.MAX_VALUE;
        Optional<UUID> database = Optional.empty();
        for (String name : disk.list(directory)) {
            if (SegmentHeader.isFileName(name)) {
                start = Math.min(start, SegmentHeader.baseOf(name));
                database = database.or(() -> database(disk, directory + "/" + name));
            }
        }
        long first = start;
        return database.map(id -> new Remains(id, first));
    }

    private static Optional<UUID> database(Disk disk, String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            return Optional.of(SegmentHeader.read(file).database());
        } catch (CorruptException damaged) {
            return Optional.empty();
        }
    }

    /// Reads the records from a position on.
    ///
    /// @param visitor is given the records that can be replayed
    public static Result read(
            Disk disk, String directory, JournalOptions options, long startLsn, RecordVisitor visitor) {
        JournalSurvey survey = new JournalSurvey(disk, directory, options, startLsn, visitor);
        survey.run(startLsn);
        return new Result(
                survey.end,
                survey.damage,
                survey.header,
                survey.recordsBehind,
                survey.bytesBehind,
                -Math.floorDiv(-survey.free, RecordFormat.ALIGNMENT) * RecordFormat.ALIGNMENT);
    }

    /// What is wrong with a journal between two positions. It may be in use: what lies behind is left alone. Nobody
    /// recycles segments meanwhile.
    ///
    /// @param untilLsn a position up to which it is on stable storage
    public static Optional<CorruptException> check(
            Disk disk, String directory, JournalOptions options, long startLsn, long untilLsn) {
        JournalSurvey survey =
                new JournalSurvey(disk, directory, options, startLsn, (type, bytes, offset, length, lsn) -> {});
        survey.until = untilLsn;
        survey.run(startLsn);
        return survey.damage.or(() -> survey.header);
    }

    private void run(long startLsn) {
        if (disk.exists(directory)) {
            for (String name : disk.list(directory)) {
                if (SegmentHeader.isFileName(name)) {
                    segments.add(header(name));
                }
            }
        }
        int first = segments.size() - 1;
        while (first >= 0 && segments.get(first).base() > startLsn) {
            first--;
        }
        boolean isNew = segments.isEmpty() && startLsn == 0 && options.mustReach() == 0;
        if (first < 0 && !isNew) {
            end(directory, -1, "a journal segment that holds position " + startLsn, "none");
        }
        for (int index = Math.max(first, 0); index < segments.size(); index++) {
            survey(
                    segments.get(index),
                    index + 1 < segments.size() ? segments.get(index + 1).base() : -1);
        }
        if (damage.isEmpty() && end < options.mustReach()) {
            end(directory, -1, "records up to position " + options.mustReach(), "the last one ending at " + end);
        }
    }

    private SegmentHeader header(String name) {
        try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
            long base = SegmentHeader.baseOf(name);
            free = Math.max(free, base + file.size());
            try {
                SegmentHeader read = SegmentHeader.read(file);
                if (read.base() != base || !read.database().equals(options.database())) {
                    throw new CorruptException(file.path(), 24, "a segment of this journal", "another");
                }
                return read;
            } catch (CorruptException bad) {
                header = Optional.of(bad);
                if (isCut(file)) {
                    cut.add(base);
                }
                return new SegmentHeader(Math.max(file.size(), SegmentHeader.BYTES), base, options.database());
            }
        }
    }

    /// Whether a segment has lost its end.
    private boolean isCut(DiskFile file) {
        if (file.size() < Math.max(SegmentHeader.BYTES, options.segmentBytes())) {
            return true;
        }
        byte[] bytes = new byte[SegmentHeader.BYTES];
        file.read(0, bytes, 0, bytes.length);
        try {
            return file.size() < SegmentHeader.decode(file.path(), bytes).fileBytes();
        } catch (CorruptException unreadable) {
            return false;
        }
    }

    /// Whether more may have followed what a cut segment holds still.
    private boolean mayLack(SegmentHeader segment) {
        return cut.contains(segment.base()) && (options.mustReach() == 0 || end < options.mustReach());
    }

    /// @param next where the next segment begins, or -1
    private void survey(SegmentHeader segment, long next) {
        String path = Segments.pathOf(directory, segment.base());
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            SegmentReader reader = new SegmentReader(file, segment, format);
            if (damage.isEmpty() && end >= until) {
                return;
            }
            if (damage.isEmpty() && segment.base() <= end) {
                while ((next < 0 || end < next) && end < until && reader.at(end)) {
                    durable = Math.max(durable, reader.durableBefore());
                    end = reader.endLsn();
                    visitor.record(reader.type(), reader.bytes(), reader.payloadAt(), reader.payloadLength(), end);
                }
                if (end >= until) {
                    return;
                }
                String wrong = reader.wrong();
                boolean bad = next < 0
                        ? until < Long.MAX_VALUE
                                || reader.tailAt(end) == Tail.DAMAGED
                                || end < durable
                                || mayLack(segment)
                        : end != next;
                if (bad) {
                    end(path, reader.offset(end), "a record that was acknowledged", wrong);
                }
            } else if (damage.isEmpty()) {
                end(path, -1, "the log to go on at " + end, "it begins at " + segment.base());
            }
            if (damage.isPresent()) {
                count(reader, Math.max(end, segment.base()), segment.base() + segment.fileBytes());
            }
        }
    }

    private void end(String where, long offset, String expected, String found) {
        damage = Optional.of(new CorruptException(where, offset, expected, found));
    }

    /// Counts the sound records of a segment from a position on.
    private void count(SegmentReader reader, long from, long limit) {
        long lsn = from;
        while (lsn < limit) {
            if (reader.at(lsn)) {
                recordsBehind++;
                bytesBehind += reader.endLsn() - lsn;
                lsn = reader.endLsn();
            } else {
                lsn += RecordFormat.ALIGNMENT;
            }
        }
    }
}
