package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;
import java.util.function.Consumer;

/// Reads all records of a pack in order, checking headers and checksums; a few GB/s from memory. The names of
/// chunks in groups are not stored: those are decoded and hashed.
final class PackScan {
    private static final int WINDOW = 2 * PackRecord.MAX_LENGTH;

    private final DiskFile file;
    private final long end;
    private final ChunkCodec codec;
    private final byte[] window;
    /// Where in the file the window begins, and how many of its bytes are filled.
    private long start = PackHeader.LENGTH;

    private int filled;

    private PackScan(DiskFile file, long end, ChunkCodec codec) {
        this.file = file;
        this.end = end;
        this.codec = codec;
        this.window = new byte[(int) Math.min(WINDOW, end - PackHeader.LENGTH)];
    }

    /// Gets the chunks of a pack.
    interface Visitor {
        /// One chunk of `rawLength` bytes.
        void visit(Hash hash, long place, int rawLength);
    }

    /// Visits the records between the header and byte `end`, where the last one must end.
    ///
    /// @throws CorruptException at the first record that is not as it was written
    static void scan(DiskFile file, long end, ChunkCodec codec, Visitor visitor) {
        scan(file, end, codec, visitor, e -> {
            throw e;
        });
    }

    /// Visits the records, those too whose checksum does not hold: `damage` is told of them first. Groups whose
    /// checksum does not hold are left out, their names cannot be known.
    ///
    /// @throws CorruptException where it cannot be known any more where the next record begins
    static void scan(DiskFile file, long end, ChunkCodec codec, Visitor visitor, Consumer<CorruptException> damage) {
        if (end > PackHeader.LENGTH) {
            new PackScan(file, end, codec).run(visitor, damage);
        }
    }

    private void run(Visitor visitor, Consumer<CorruptException> damage) {
        long position = PackHeader.LENGTH;
        while (position < end) {
            if (end - position < PackRecord.HEADER) {
                throw new CorruptException(
                        file.path(),
                        position,
                        "a record or the end",
                        (end - position) + " bytes, too few for a record");
            }
            int at = window(position, PackRecord.HEADER);
            int length = PackRecord.checkHeader(file.path(), position, window, at, end);
            at = window(position, length);
            boolean isGroup = PackRecord.codec(window, at) == PackRecord.Codec.GROUP;
            try {
                PackRecord.checkSum(file.path(), position, window, at, length);
                if (isGroup) {
                    visitGroup(position, at, length, visitor);
                }
            } catch (CorruptException e) {
                damage.accept(e);
            }
            if (!isGroup) {
                int rawLength = PackRecord.rawLength(window, at);
                visitor.visit(PackRecord.hash(window, at), Place.of(position, length), rawLength);
            }
            position += length;
        }
    }

    private void visitGroup(long position, int at, int length, Visitor visitor) {
        Group group = codec.decodeGroup(file.path(), position, window, at, length);
        for (int member = 0; member < group.count(); member++) {
            byte[] chunk = group.chunk(member);
            visitor.visit(Hash.of(chunk), Place.of(position, length, member), chunk.length);
        }
    }

    /// Makes `length` bytes from `position` on available; returns where they begin in the window.
    private int window(long position, int length) {
        int at = (int) (position - start);
        if (at + length > filled) {
            int kept = filled - at;
            System.arraycopy(window, at, window, 0, kept);
            start = position;
            int more = (int) Math.min(window.length - kept, end - position - kept);
            file.read(position + kept, window, kept, more);
            filled = kept + more;
            at = 0;
        }
        return at;
    }
}
