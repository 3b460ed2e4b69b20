package coppice.search.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.RandomAccessInput;
import org.apache.lucene.util.GroupVIntUtil;
import org.junit.jupiter.api.Test;

class MemoryInputTest {
    private static final int LENGTH = 5_000;
    private static final int READS = 20_000;

    private static IndexInput open(Directory files, byte[] content) throws IOException {
        try (IndexOutput out = files.createOutput("file", IOContext.DEFAULT)) {
            out.writeBytes(content, content.length);
        }
        return files.openInput("file", IOContext.DEFAULT);
    }

    /// It reads what Lucene's own input reads, whole and in slices, one after the other and from anywhere.
    @Test
    void readsAsLucenesOwn() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        byte[] content = new byte[LENGTH];
        random.nextBytes(content);
        IndexInput own = open(MemoryInput.files(), content);
        IndexInput lucenes = open(new ByteBuffersDirectory(), content);
        for (int i = 0; i < READS; i++) {
            if (i % 100 == 0) {
                long from = random.nextInt(LENGTH / 2);
                long length = random.nextInt(200, LENGTH / 2);
                own = open(MemoryInput.files(), content).slice("part", from, length);
                lucenes = open(new ByteBuffersDirectory(), content).slice("part", from, length);
                assertThat(own.length()).isEqualTo(length);
            }
            long at = random.nextLong(own.length() - 100);
            own.seek(at);
            lucenes.seek(at);
            int kind = random.nextInt(9);
            assertThat(read(own, kind)).as("%s at %s", kind, at).isEqualTo(read(lucenes, kind));
            assertThat(own.getFilePointer()).isEqualTo(lucenes.getFilePointer());
            assertThat(readAt(own, at, kind)).isEqualTo(readAt(lucenes, at, kind));
            assertThat(own.clone().readLong()).isEqualTo(lucenes.clone().readLong());
            MemorySegment segment = ((MemoryInput) own).segmentSliceOrNull(at, 8);
            assertThat(segment.get(ValueLayout.JAVA_BYTE, 7)).isEqualTo(readAt(lucenes, at + 7));
        }
    }

    private static Object read(IndexInput in, int kind) throws IOException {
        return switch (kind) {
            case 0 -> in.readByte();
            case 1 -> in.readShort();
            case 2 -> in.readInt();
            case 3 -> in.readLong();
            case 4 -> {
                byte[] bytes = new byte[12];
                in.readBytes(bytes, 3, 9);
                yield bytes;
            }
            case 5 -> {
                int[] numbers = new int[12];
                in.readInts(numbers, 1, 11);
                yield numbers;
            }
            case 6 -> {
                long[] numbers = new long[12];
                in.readLongs(numbers, 1, 11);
                yield numbers;
            }
            case 7 -> {
                float[] numbers = new float[12];
                in.readFloats(numbers, 1, 11);
                yield numbers;
            }
            default -> {
                int[] numbers = new int[8];
                GroupVIntUtil.readGroupVInts(in, numbers, 8);
                yield numbers;
            }
        };
    }

    private static byte readAt(IndexInput in, long at) throws IOException {
        return in.randomAccessSlice(0, in.length()).readByte(at);
    }

    private static long readAt(IndexInput in, long at, int kind) throws IOException {
        RandomAccessInput all = in.randomAccessSlice(0, in.length());
        return switch (kind % 4) {
            case 0 -> all.readByte(at);
            case 1 -> all.readShort(at);
            case 2 -> all.readInt(at);
            default -> all.readLong(at);
        };
    }

    @Test
    void nothingIsReadPastTheEnd() throws IOException {
        IndexInput in = open(MemoryInput.files(), new byte[100]).slice("part", 20, 10);
        in.seek(7);
        assertThatThrownBy(in::readInt).isInstanceOf(EOFException.class).hasMessageContaining("at 7");
        assertThat(in.readShort()).isZero();
        assertThatThrownBy(() -> in.readBytes(new byte[5], 0, 2)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> in.readFloats(new float[5], 0, 1)).isInstanceOf(EOFException.class);
        in.readByte();
        assertThatThrownBy(in::readByte).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> in.seek(11)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> in.seek(-1)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> in.slice("more", 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> in.randomAccessSlice(0, 10).readInt(7)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
