package coppice.kernel.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
    private static ByteReader reader(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int index = 0; index < bytes.length; index++) {
            content[index] = (byte) bytes[index];
        }
        return new ByteReader("chunk x", content);
    }

    private static void assertCorrupt(long offset, ThrowingCallable read) {
        assertThatThrownBy(read).isInstanceOfSatisfying(CorruptException.class, e -> {
            assertThat(e.where()).isEqualTo("chunk x");
            assertThat(e.offset()).isEqualTo(offset);
            assertThat(e).hasMessageContaining(e.expected()).hasMessageContaining(e.found());
        });
    }

    @Test
    void readsEverythingThatAWriterWrites() {
        Hash hash = Hash.of(new byte[] {1});
        ByteWriter out = new ByteWriter(0);
        out.u8(250)
                .u16(65_000)
                .u32(4_000_000_000L)
                .i32(-7)
                .i64(Long.MIN_VALUE)
                .varint(-1)
                .sized(new byte[] {9, 8});
        out.utf8("grün 🌳").hash(hash).zeros(3).bytes(new byte[] {1, 2, 3}, 1, 2);
        int checked = out.length();
        byte[] bytes = out.crcFrom(0).toBytes();
        ByteReader in = new ByteReader("test", bytes);
        assertThat(in.u8()).isEqualTo(250);
        assertThat(in.u16()).isEqualTo(65_000);
        assertThat(in.u32()).isEqualTo(4_000_000_000L);
        assertThat(in.i32()).isEqualTo(-7);
        assertThat(in.i64()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.varint()).isEqualTo(-1);
        assertThat(in.sized()).containsExactly(9, 8);
        assertThat(in.utf8()).isEqualTo("grün 🌳");
        assertThat(in.hash()).isEqualTo(hash);
        in.zeros(3);
        assertThat(in.bytes(2)).containsExactly(2, 3);
        assertThat(in.position()).isEqualTo(checked);
        in.crcFrom(0);
        in.expectEnd();
        assertThat(out.reset().length()).isZero();
    }

    @Test
    void everyBitOfAChecksummedRangeCounts() {
        byte[] bytes = new ByteWriter().utf8("some content").crcFrom(0).toBytes();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] broken = bytes.clone();
            broken[bit / 8] ^= (byte) (1 << (bit % 8));
            ByteReader in = new ByteReader("chunk x", broken);
            in.skip(13);
            assertThatThrownBy(() -> in.crcFrom(0)).as("bit %s", bit).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void refusesToReadPastTheEnd() {
        assertCorrupt(0, () -> reader().u8());
        assertCorrupt(0, () -> reader(1).u16());
        assertCorrupt(0, () -> reader(1, 2, 3).u32());
        assertCorrupt(0, () -> reader(1, 2, 3, 4, 5, 6, 7).i64());
        assertCorrupt(0, () -> reader(1, 2).bytes(3));
        assertCorrupt(0, () -> reader(1, 2).bytes(-1));
        assertCorrupt(0, () -> reader(1, 2).hash());
        assertCorrupt(0, () -> reader(1).expectEnd());
    }

    @Test
    void believesNoCountThatCannotBeTrue() {
        assertCorrupt(1, () -> reader(3, 1, 1).sized());
        assertCorrupt(2, () -> reader(0xff, 0x7f, 0).sized());
        assertCorrupt(1, () -> reader(2, 0, 0, 0).count(2));
        assertThat(reader(1, 0, 0, 0).count(2)).isEqualTo(1);
        assertCorrupt(
                10, () -> reader(255, 255, 255, 255, 255, 255, 255, 255, 255, 1).count(1));
    }

    @Test
    void acceptsOnlyTheShortestVarint() {
        assertCorrupt(2, () -> reader(0x80, 0).varint());
        assertCorrupt(3, () -> reader(0xff, 0x80, 0).varint());
        assertCorrupt(
                10, () -> reader(255, 255, 255, 255, 255, 255, 255, 255, 255, 2).varint());
        assertCorrupt(
                10,
                () -> reader(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)
                        .varint());
        assertThat(reader(0).varint()).isZero();
    }

    @Test
    void refusesTextThatIsNotUtf8AndZerosThatAreNot() {
        assertCorrupt(3, () -> reader(2, 0xc3, 0x28).utf8());
        assertCorrupt(2, () -> reader(0, 0, 1).zeros(3));
    }

    @Test
    void readsARangeAndCountsItsPositionsFromTheRange() {
        ByteReader in = new ByteReader("chunk x", new byte[] {9, 9, 1, 2, 9}, 2, 2);
        assertThat(in.u8()).isEqualTo(1);
        assertThat(in.remaining()).isEqualTo(1);
        assertThat(in.take(1)).isEqualTo(3);
        assertCorrupt(2, in::u8);
        assertThatThrownBy(() -> new ByteReader("x", new byte[3], 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anyBytesGiveValuesOrDamageAndNothingElse() {
        List<Consumer<ByteReader>> reads = List.of(
                ByteReader::u8,
                ByteReader::u16,
                ByteReader::u32,
                ByteReader::i64,
                ByteReader::varint,
                ByteReader::sized,
                ByteReader::utf8,
                ByteReader::hash,
                in -> in.zeros(2),
                in -> in.count(3),
                in -> in.crcFrom(0),
                in -> in.bytes((int) in.u32()));
        Gen<List<Integer>> order = Gen.ints(0, reads.size() - 1).list(0, 12);
        record Input(byte[] bytes, List<Integer> order) {}
        Property.forAll(Gen.combine(Gen.bytes(0, 80), order, Input::new))
                .runs(3_000)
                .check(input -> {
                    ByteReader in = new ByteReader("chunk x", input.bytes);
                    try {
                        input.order.forEach(read -> reads.get(read).accept(in));
                    } catch (CorruptException e) {
                        assertThat(e.offset()).isBetween(0L, (long) input.bytes.length);
                    }
                    assertThat(in.position() + in.remaining()).isEqualTo(input.bytes.length);
                });
    }
}
