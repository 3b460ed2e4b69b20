package coppice.kernel.journal;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.journal.SegmentReader.Tail;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a journal back: replays from a position to the first record that is not valid, and decides whether the
/// log was torn there by a crash or damaged. Changes nothing on the disk.
final class LogRecovery {
    private final Disk disk;
    private final String directory;
    private final JournalOptions options;
    private final RecordFormat format;
    private final RecordVisitor visitor;
    private final long startLsn;
    private final List<SegmentHeader> segments = new ArrayList<>();
    private long records;
    private long end;
    private long durable;
    private boolean torn;
    private boolean closed;

    LogRecovery(Disk disk, String directory, JournalOptions options, long startLsn, RecordVisitor visitor) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.format = new RecordFormat(options.database());
        this.visitor = visitor;
        this.startLsn = startLsn;
        this.end = startLsn;
        this.durable = Math.max(startLsn, options.mustReach());
    }

    void run() {
        int first = findSegments();
        for (int index = first; index < segments.size(); index++) {
            replay(index);
        }
        if (!segments.isEmpty() && end < options.mustReach()) {
            throw damaged(
                    segments.getLast(), "records up to position " + options.mustReach(), "the last one ending there");
        }
    }

    /// All segments in order; empty when there is none and none is needed.
    List<SegmentHeader> segments() {
        return segments;
    }

    /// The end of the log.
    long end() {
        return end;
    }

    /// Below which position the log says of itself that it is on stable storage.
    long durable() {
        return closed ? end : Math.min(durable, end);
    }

    boolean torn() {
        return torn;
    }

    /// Whether the log was closed at its end, which a mark there says.
    boolean closed() {
        return closed;
    }

    Recovery result() {
        Optional<Recovery.Cut> cut = Optional.empty();
        if (torn) {
            SegmentHeader last = segments.getLast();
            cut = Optional.of(new Recovery.Cut(Segments.pathOf(directory, last.base()), offset(last)));
        }
        return new Recovery(records, end, cut);
    }

    // Returns the index of the segment that holds the start.
    private int findSegments() {
        for (String name : disk.list(directory)) {
            if (SegmentHeader.isFileName(name)) {
                segments.add(header(name));
            }
        }
        int first = segments.size() - 1;
        while (first >= 0 && segments.get(first).base() > startLsn) {
            first--;
        }
        boolean fresh = segments.isEmpty() && startLsn == 0 && options.mustReach() == 0;
        if (first < 0 && !fresh) {
            String found = segments.isEmpty()
                    ? "no segment"
                    : "the first one at " + segments.getFirst().base();
            throw new CorruptException(
                    directory,
                    -1,
                    "a journal segment that holds position " + Math.max(startLsn, options.mustReach()),
                    found);
        }
        if (first >= 0 && offset(segments.get(first)) > segments.get(first).fileBytes()) {
            throw damaged(segments.get(first), "a segment that holds position " + startLsn, "its end");
        }
        return Math.max(first, 0);
    }

    private SegmentHeader header(String name) {
        try (DiskFile file = disk.open(directory + "/" + name, OpenMode.READ)) {
            SegmentHeader header = SegmentHeader.read(file);
            if (header.base() != SegmentHeader.baseOf(name)) {
                throw new CorruptException(
                        file.path(), 24, "the position in the file's name", "position " + header.base());
            }
            if (!header.database().equals(options.database())) {
                throw new CorruptException(
                        file.path(), 32, "a segment of database " + options.database(), "one of " + header.database());
            }
            return header;
        }
    }

    private void replay(int index) {
        SegmentHeader header = segments.get(index);
        if (header.base() > end) {
            // Reached only when the segment before ended early.
            throw damaged(segments.get(index - 1), "a record, because the log goes on at " + header.base(), "none");
        }
        boolean last = index == segments.size() - 1;
        try (DiskFile file = disk.open(Segments.pathOf(directory, header.base()), OpenMode.READ)) {
            SegmentReader reader = new SegmentReader(file, header, format);
            long next = last ? Long.MAX_VALUE : segments.get(index + 1).base();
            while (end < next && reader.at(end)) {
                visit(reader);
            }
            if (last) {
                inspectTail(reader, header);
            } else if (end != next) {
                throw damaged(header, "a record, because the log goes on at " + next, reader.wrong());
            }
        }
    }

    private void visit(SegmentReader reader) {
        records++;
        durable = Math.max(durable, reader.durableBefore());
        end = reader.endLsn();
        visitor.record(reader.type(), reader.bytes(), reader.payloadAt(), reader.payloadLength(), end);
    }

    private void inspectTail(SegmentReader reader, SegmentHeader header) {
        String wrong = reader.wrong();
        Tail tail = reader.tailAt(end);
        closed = tail == Tail.CLOSED;
        if (tail == Tail.DAMAGED || end < durable) {
            throw damaged(header, "a record that was acknowledged", wrong);
        }
        torn = tail == Tail.TORN;
    }

    private CorruptException damaged(SegmentHeader header, String expected, String found) {
        return new CorruptException(Segments.pathOf(directory, header.base()), offset(header), expected, found);
    }

    private long offset(SegmentHeader header) {
        return SegmentHeader.BYTES + end - header.base();
    }
}
