package coppice.search.segment;

import java.io.EOFException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MemorySegmentAccessInput;
import org.apache.lucene.store.SingleInstanceLockFactory;

/// A file of Lucene in one array, or a part of one. Lucene's own files in memory are lists of buffers, of which
/// each search takes slices: for short searches that is most of the work, and of vectors it copies each number by
/// number.
///
/// Reading past the end fails with [EOFException] or [IndexOutOfBoundsException].
final class ArrayInput extends IndexInput implements MemorySegmentAccessInput {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int next;

    private ArrayInput(String name, byte[] bytes, int start, int end) {
        super(name);
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.next = start;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /// Files in memory.
    static Directory files() {
        return new ByteBuffersDirectory(
                new SingleInstanceLockFactory(), ByteBuffersDataOutput::new, (name, written) -> {
                    byte[] all = written.toArrayCopy();
                    return new ArrayInput(name, all, 0, all.length);
                });
    }

    @Override
    public void close() {}

    @Override
    public long length() {
        return (long) end - start;
    }

    @Override
    public long getFilePointer() {
        return (long) next - start;
    }

    @Override
    public void seek(long position) throws EOFException {
        if (position < 0 || position > length()) {
            throw new EOFException("No byte " + position + " in " + this);
        }
        next = start + (int) position;
    }

    @Override
    public void skipBytes(long count) throws EOFException {
        seek(getFilePointer() + count);
    }

    @Override
    public ArrayInput clone() {
        return (ArrayInput) super.clone();
    }

    @Override
    public IndexInput slice(String name, long offset, long length) {
        Objects.checkFromIndexSize(offset, length, length());
        int from = start + (int) offset;
        return new ArrayInput(name, bytes, from, from + (int) length);
    }

    @Override
    public MemorySegment segmentSliceOrNull(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, length());
        return MemorySegment.ofArray(bytes).asSlice(start + offset, length);
    }

    /// Takes bytes from what is next.
    private int take(int count) throws EOFException {
        int from = next;
        if (count > end - from) {
            throw new EOFException("No " + count + " bytes at " + getFilePointer() + " in " + this);
        }
        next = from + count;
        return from;
    }

    private int at(long position, int count) {
        return start + (int) Objects.checkFromIndexSize(position, count, length());
    }

    @Override
    public byte readByte() throws EOFException {
        return bytes[take(Byte.BYTES)];
    }

    @Override
    public short readShort() throws EOFException {
        return (short) SHORTS.get(bytes, take(Short.BYTES));
    }

    @Override
    public int readInt() throws EOFException {
        return (int) INTS.get(bytes, take(Integer.BYTES));
    }

    @Override
    public long readLong() throws EOFException {
        return (long) LONGS.get(bytes, take(Long.BYTES));
    }

    @Override
    public void readBytes(byte[] into, int offset, int count) throws EOFException {
        System.arraycopy(bytes, take(count), into, offset, count);
    }

    @Override
    public void readInts(int[] into, int offset, int count) throws EOFException {
        buffer(count, Integer.BYTES).asIntBuffer().get(into, offset, count);
    }

    @Override
    public void readLongs(long[] into, int offset, int count) throws EOFException {
        buffer(count, Long.BYTES).asLongBuffer().get(into, offset, count);
    }

    @Override
    public void readFloats(float[] into, int offset, int count) throws EOFException {
        buffer(count, Float.BYTES).asFloatBuffer().get(into, offset, count);
    }

    private ByteBuffer buffer(int count, int size) throws EOFException {
        int length = Math.multiplyExact(count, size);
        return ByteBuffer.wrap(bytes, take(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public byte readByte(long position) {
        return bytes[at(position, Byte.BYTES)];
    }

    @Override
    public short readShort(long position) {
        return (short) SHORTS.get(bytes, at(position, Short.BYTES));
    }

    @Override
    public int readInt(long position) {
        return (int) INTS.get(bytes, at(position, Integer.BYTES));
    }

    @Override
    public long readLong(long position) {
        return (long) LONGS.get(bytes, at(position, Long.BYTES));
    }

    @Override
    public void readBytes(long position, byte[] into, int offset, int count) {
        System.arraycopy(bytes, at(position, count), into, offset, count);
    }
}
