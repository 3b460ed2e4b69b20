package coppice.kernel.platform;

import coppice.kernel.bytes.CorruptException;
import java.util.Arrays;
import java.util.Objects;

/// A handle on bytes in the heap, held in pages so that growing copies nothing.
final class MemoryFile implements DiskFile {
    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;

    /// What a file holds, shared by its handles. Written under its monitor; `size` is volatile and written
    /// last, so that a reader without a lock sees everything below it.
    static final class Content {
        private volatile byte[][] pages = new byte[4][];
        private volatile long size;

        private synchronized void write(long position, byte[] from, int offset, int length) {
            byte[][] table = tableFor(position + length);
            long at = position;
            int source = offset;
            int left = length;
            while (left > 0) {
                int inPage = (int) (at & (PAGE - 1));
                int count = Math.min(left, PAGE - inPage);
                System.arraycopy(from, source, table[(int) (at >> PAGE_BITS)], inPage, count);
                at += count;
                source += count;
                left -= count;
            }
            size = Math.max(size, position + length);
        }

        private synchronized void truncate(long newSize) {
            byte[][] table = tableFor(newSize);
            for (long at = newSize; at < size; at = (at | (PAGE - 1)) + 1) {
                Arrays.fill(table[(int) (at >> PAGE_BITS)], (int) (at & (PAGE - 1)), PAGE, (byte) 0);
            }
            size = newSize;
        }

        private byte[][] tableFor(long end) {
            byte[][] table = pages;
            int needed = Math.toIntExact((end + PAGE - 1) >> PAGE_BITS);
            if (needed > table.length) {
                table = Arrays.copyOf(table, Math.max(needed, 2 * table.length));
            }
            for (int page = needed - 1; page >= 0 && table[page] == null; page--) {
                table[page] = new byte[PAGE];
            }
            pages = table;
            return table;
        }
    }

    private final String path;
    private final Content content;
    private final boolean writable;
    private volatile boolean closed;

    MemoryFile(String path, Content content, boolean writable) {
        this.path = path;
        this.content = content;
        this.writable = writable;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long size() {
        requireOpen();
        return content.size;
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) {
        int count = readUpTo(position, into, offset, length);
        if (count < length) {
            throw new CorruptException(path, position, length + " bytes", "the end of the file after " + count);
        }
    }

    @Override
    public int readUpTo(long position, byte[] into, int offset, int length) {
        requireOpen();
        requireRange(position, into, offset, length);
        int total = (int) Math.max(0, Math.min(length, content.size - position));
        byte[][] table = content.pages;
        long at = position;
        int target = offset;
        int left = total;
        while (left > 0) {
            int inPage = (int) (at & (PAGE - 1));
            int count = Math.min(left, PAGE - inPage);
            System.arraycopy(table[(int) (at >> PAGE_BITS)], inPage, into, target, count);
            at += count;
            target += count;
            left -= count;
        }
        return total;
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
        requireWritable();
        requireRange(position, from, offset, length);
        content.write(position, from, offset, length);
    }

    @Override
    public void writeDurably(long position, byte[] from, int offset, int length) {
        write(position, from, offset, length);
    }

    @Override
    public void sync() {
        requireOpen();
    }

    @Override
    public void truncate(long size) {
        requireWritable();
        content.truncate(size);
    }

    @Override
    public void close() {
        closed = true;
    }

    private static void requireRange(long position, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (position < 0) {
            throw new IllegalArgumentException("A position in a file is not negative: " + position);
        }
    }

    private void requireWritable() {
        requireOpen();
        if (!writable) {
            throw new StorageException(StorageException.Kind.IO, path, "it was opened for reading only", null);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException(StorageException.Kind.IO, path, "this handle is closed", null);
        }
    }
}
