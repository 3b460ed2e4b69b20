package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;
import java.util.ArrayList;
import java.util.List;

/// Finds all sound records of a pack that may be damaged: where there is none, it looks for the next place at
/// which a whole one stands, byte by byte. Each chunk is held against its name; those of a group against nothing
/// but the group's checksum and first name, as their names follow from their content. Not thread-safe.
final class RecordSearch {
    private static final int WINDOW = 4 * PackRecord.MAX_LENGTH;

    private final DiskFile file;
    private final long end;
    private final long due;
    private final ChunkCodec codec;
    private final PackVisitor visitor;
    private final byte[] window;
    private final PlaceTable table = new PlaceTable();
    private final List<PackDamage> damages = new ArrayList<>();
    private long start;
    private int filled;
    private long rawBytes;
    private long lastEnd = PackHeader.LENGTH;

    private RecordSearch(DiskFile file, long end, long due, ChunkCodec codec, PackVisitor visitor) {
        this.file = file;
        this.end = end;
        this.due = due;
        this.codec = codec;
        this.visitor = visitor;
        this.window = new byte[Math.clamp(end, 1, WINDOW)];
    }

    /// What was found.
    ///
    /// @param table where each chunk is
    /// @param rawBytes the lengths of the chunks
    /// @param end where the last sound record ends
    /// @param damages what stands where sound records should, in order
    record Found(PlaceTable table, long rawBytes, long end, List<PackDamage> damages) {}

    /// Searches a pack from its header to `end`, which is at most the file's length.
    ///
    /// @param due from here on the first place without a sound record is the end
    /// @param visitor is told of sound chunks
    static Found search(DiskFile file, long end, long due, ChunkCodec codec, PackVisitor visitor) {
        RecordSearch search = new RecordSearch(file, end, due, codec, visitor);
        search.run();
        return new Found(search.table, search.rawBytes, search.lastEnd, search.damages);
    }

    private void run() {
        long position = PackHeader.LENGTH;
        while (position < end) {
            int length = take(position);
            if (length > 0) {
                position += length;
                lastEnd = position;
                visitor.read(length);
            } else {
                position = next(position);
            }
        }
    }

    /// Takes the record at a position and returns its length; 0, and told, when there is no sound one.
    private int take(long position) {
        try {
            if (end - position < PackRecord.HEADER) {
                throw new CorruptException(
                        file.path(), position, "a record", (end - position) + " bytes, too few for one");
            }
            int at = window(position, PackRecord.HEADER);
            int length = PackRecord.checkHeader(file.path(), position, window, at, end);
            at = window(position, length);
            PackRecord.checkSum(file.path(), position, window, at, length);
            if (PackRecord.codec(window, at) == PackRecord.Codec.GROUP) {
                takeGroup(position, at, length);
            } else {
                takeChunk(position, at, length);
            }
            return length;
        } catch (CorruptException damage) {
            if (position >= due) {
                return 0;
            }
            boolean framed = isFramed(position);
            damages.add(new PackDamage(
                    framed ? PackDamage.Kind.CHUNK : PackDamage.Kind.RECORDS, framed ? name(position) : null, damage));
            return 0;
        }
    }

    private Hash name(long position) {
        return PackRecord.hash(window, window(position, PackRecord.HEADER));
    }

    private void takeChunk(long position, int at, int length) {
        Hash hash = PackRecord.hash(window, at);
        byte[] chunk = codec.decode(file.path(), position, window, at, length);
        Pack.checkHash(file.path(), position, hash, chunk);
        add(hash, chunk, Place.of(position, length));
    }

    private void takeGroup(long position, int at, int length) {
        Group group = codec.decodeGroup(file.path(), position, window, at, length);
        Pack.checkHash(file.path(), position, PackRecord.hash(window, at), group.chunk(0));
        for (int member = 0; member < group.count(); member++) {
            byte[] chunk = group.chunk(member);
            add(Hash.of(chunk), chunk, Place.of(position, length, member));
        }
    }

    private void add(Hash hash, byte[] chunk, long place) {
        if (table.add(hash, place)) {
            rawBytes += chunk.length;
        }
        visitor.sound(hash, chunk, chunk.length);
    }

    /// Where to go on behind a damaged place.
    private long next(long position) {
        if (position >= due) {
            return end;
        }
        if (isFramed(position)) {
            return position + PackRecord.HEADER + stored(position);
        }
        for (long at = position + 1; at < end; at++) {
            if (isWhole(at)) {
                return at;
            }
        }
        return end;
    }

    /// Whether the lengths of a damaged record lead to another record or the end: then they can be believed.
    private boolean isFramed(long position) {
        if (!isHeader(position)) {
            return false;
        }
        long behind = position + PackRecord.HEADER + stored(position);
        return behind == end || isWhole(behind);
    }

    private int stored(long position) {
        return PackRecord.checkHeader(file.path(), position, window, window(position, PackRecord.HEADER), end)
                - PackRecord.HEADER;
    }

    private boolean isHeader(long position) {
        return end - position >= PackRecord.HEADER
                && PackRecord.isHeader(position, window, window(position, PackRecord.HEADER), end);
    }

    private boolean isWhole(long position) {
        if (!isHeader(position)) {
            return false;
        }
        int length = PackRecord.HEADER + stored(position);
        return PackRecord.isSumRight(window, window(position, length), length);
    }

    /// Makes `length` bytes from `position` on available; returns where they begin in the window.
    private int window(long position, int length) {
        if (position < start || position + length > start + filled) {
            start = position;
            filled = (int) Math.min(window.length, end - position);
            file.read(position, window, 0, filled);
        }
        return (int) (position - start);
    }
}
