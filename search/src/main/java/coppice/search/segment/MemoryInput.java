package coppice.search.segment;

import java.io.EOFException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MemorySegmentAccessInput;
import org.apache.lucene.store.SingleInstanceLockFactory;

/// A file of Lucene in one piece of memory outside the heap, or a part of one. Lucene's own files in memory are
/// lists of buffers, of which each search takes slices: for short searches that is much of the work, and of
/// vectors it copies each number by number.
///
/// Reading past the end fails with [EOFException] or [IndexOutOfBoundsException]. The memory is freed when nobody
/// refers to it any more.
final class MemoryInput extends IndexInput implements MemorySegmentAccessInput {
    /// Where a file begins, so that vectors in it begin where the processor reads them at once.
    private static final int ALIGNMENT = 64;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final long length;
    private long next;

    private MemoryInput(String name, MemorySegment bytes) {
        super(name);
        this.bytes = bytes;
        this.length = bytes.byteSize();
    }

    /// Files in memory.
    static Directory files() {
        return new ByteBuffersDirectory(
                new SingleInstanceLockFactory(), ByteBuffersDataOutput::new, MemoryInput::written);
    }

    private static MemoryInput written(String name, ByteBuffersDataOutput content) {
        MemorySegment all = Arena.ofAuto().allocate(content.size(), ALIGNMENT);
        long at = 0;
        for (var buffer : content.toBufferList()) {
            MemorySegment part = MemorySegment.ofBuffer(buffer);
            all.asSlice(at).copyFrom(part);
            at += part.byteSize();
        }
        return new MemoryInput(name, all.asReadOnly());
    }

    @Override
    public void close() {}

    @Override
    public long length() {
        return length;
    }

    @Override
    public long getFilePointer() {
        return next;
    }

    @Override
    public void seek(long position) throws EOFException {
        if (position < 0 || position > length) {
            throw new EOFException("No byte " + position + " in " + this);
        }
        next = position;
    }

    @Override
    public void skipBytes(long count) throws EOFException {
        seek(next + count);
    }

    @Override
    public MemoryInput clone() {
        return (MemoryInput) super.clone();
    }

    @Override
    public IndexInput slice(String name, long offset, long size) {
        return new MemoryInput(name, segmentSliceOrNull(offset, size));
    }

    @Override
    public MemorySegment segmentSliceOrNull(long offset, long size) {
        Objects.checkFromIndexSize(offset, size, length);
        return bytes.asSlice(offset, size);
    }

    /// Takes bytes from what is next.
    private long take(long count) throws EOFException {
        long from = next;
        if (count > length - from) {
            throw new EOFException("No " + count + " bytes at " + from + " in " + this);
        }
        next = from + count;
        return from;
    }

    @Override
    public byte readByte() throws EOFException {
        return bytes.get(ValueLayout.JAVA_BYTE, take(Byte.BYTES));
    }

    @Override
    public short readShort() throws EOFException {
        return bytes.get(SHORT, take(Short.BYTES));
    }

    @Override
    public int readInt() throws EOFException {
        return bytes.get(INT, take(Integer.BYTES));
    }

    @Override
    public long readLong() throws EOFException {
        return bytes.get(LONG, take(Long.BYTES));
    }

    @Override
    public void readBytes(byte[] into, int offset, int count) throws EOFException {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, take(count), into, offset, count);
    }

    @Override
    public void readInts(int[] into, int offset, int count) throws EOFException {
        MemorySegment.copy(bytes, INT, take((long) count * Integer.BYTES), into, offset, count);
    }

    @Override
    public void readLongs(long[] into, int offset, int count) throws EOFException {
        MemorySegment.copy(bytes, LONG, take((long) count * Long.BYTES), into, offset, count);
    }

    @Override
    public void readFloats(float[] into, int offset, int count) throws EOFException {
        MemorySegment.copy(bytes, FLOAT, take((long) count * Float.BYTES), into, offset, count);
    }

    @Override
    public byte readByte(long position) {
        return bytes.get(ValueLayout.JAVA_BYTE, position);
    }

    @Override
    public short readShort(long position) {
        return bytes.get(SHORT, position);
    }

    @Override
    public int readInt(long position) {
        return bytes.get(INT, position);
    }

    @Override
    public long readLong(long position) {
        return bytes.get(LONG, position);
    }

    @Override
    public void readBytes(long position, byte[] into, int offset, int count) {
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, position, into, offset, count);
    }
}
