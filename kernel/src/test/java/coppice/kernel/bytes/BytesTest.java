package coppice.kernel.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void integersAreLittleEndianUnlessSaidOtherwise() {
        byte[] bytes = new byte[16];
        Bytes.putU16(bytes, 1, 0xfffe);
        assertThat(bytes).startsWith(0, 0xfe, 0xff, 0);
        assertThat(Bytes.u16(bytes, 1)).isEqualTo(0xfffe);
        Bytes.putU32(bytes, 3, 0x89abcdefL);
        assertThat(Bytes.u32(bytes, 3)).isEqualTo(0x89abcdefL);
        assertThat(Bytes.i32(bytes, 3)).isEqualTo(0x89abcdef);
        assertThat(Bytes.u8(bytes, 3)).isEqualTo(0xef);
        Bytes.putI32(bytes, 3, -2);
        assertThat(Bytes.u32(bytes, 3)).isEqualTo(0xffff_fffeL);
        Bytes.putI64(bytes, 8, 0x0102030405060708L);
        assertThat(bytes[8]).isEqualTo((byte) 8);
        assertThat(Bytes.i64BigEndian(bytes, 8)).isEqualTo(0x0807060504030201L);
        assertThat(Bytes.i32BigEndian(bytes, 8)).isEqualTo(0x08070605);
        Bytes.putI32BigEndian(bytes, 8, 0x01020304);
        assertThat(bytes[8]).isEqualTo((byte) 1);
        Bytes.putI64BigEndian(bytes, 8, -3);
        assertThat(Bytes.i64BigEndian(bytes, 8)).isEqualTo(-3);
        assertThatThrownBy(() -> Bytes.i64(bytes, 9)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.putI64(bytes, -1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void comparesAsUnsignedBytesAlsoInsideArrays() {
        assertThat(Bytes.compare(new byte[] {(byte) 0x80}, new byte[] {0x7f})).isPositive();
        assertThat(Bytes.compare(new byte[] {1}, new byte[] {1, 0})).isNegative();
        Property.forAll(Gen.combine(Gen.bytes(0, 12), Gen.bytes(0, 12), List::of))
                .check(pair -> {
                    byte[] a = pair.getFirst();
                    byte[] b = pair.getLast();
                    byte[] inside = new byte[b.length + 5];
                    System.arraycopy(b, 0, inside, 3, b.length);
                    int order = Integer.signum(
                            HexFormat.of().formatHex(a).compareTo(HexFormat.of().formatHex(b)));
                    assertThat(Integer.signum(Bytes.compare(a, b))).isEqualTo(order);
                    assertThat(Integer.signum(Bytes.compare(a, 0, a.length, inside, 3, b.length)))
                            .isEqualTo(order);
                    assertThat(Bytes.equal(a, 0, a.length, inside, 3, b.length)).isEqualTo(order == 0);
                });
    }

    @Test
    void theSuccessorOfAPrefixIsTheLeastKeyBehindAllThatBeginWithIt() {
        assertThat(Bytes.successorOfPrefix(new byte[0])).isNull();
        assertThat(Bytes.successorOfPrefix(new byte[] {-1, -1})).isNull();
        assertThat(Bytes.successorOfPrefix(new byte[] {5, -1})).containsExactly(6);
        Property.forAll(Gen.combine(Gen.bytes(1, 6), Gen.bytes(0, 6), List::of)).check(pair -> {
            byte[] prefix = pair.getFirst();
            byte[] key = pair.getLast();
            byte[] successor = Bytes.successorOfPrefix(prefix);
            boolean inRange =
                    Bytes.compare(key, prefix) >= 0 && (successor == null || Bytes.compare(key, successor) < 0);
            assertThat(inRange).isEqualTo(Bytes.startsWith(key, prefix));
            byte[] extended = Arrays.copyOf(prefix, prefix.length + key.length);
            System.arraycopy(key, 0, extended, prefix.length, key.length);
            assertThat(Bytes.startsWith(extended, prefix)).isTrue();
            assertThat(successor == null || Bytes.compare(extended, successor) < 0)
                    .isTrue();
        });
    }

    @Test
    void varintsRoundTripInTheirShortestForm() {
        Property.forAll(Gen.longs(Long.MIN_VALUE, Long.MAX_VALUE)).runs(1_000).check(value -> {
            byte[] bytes = new byte[12];
            int end = Varint.put(bytes, 1, value);
            assertThat(end - 1).isEqualTo(Varint.length(value)).isBetween(1, Varint.MAX_BYTES);
            assertThat(Varint.get(bytes, 1)).isEqualTo(value);
            ByteReader in = new ByteReader("test", bytes, 1, end - 1);
            assertThat(in.varint()).isEqualTo(value);
            in.expectEnd();
        });
        assertThat(Varint.length(0)).isEqualTo(1);
        assertThat(Varint.length(127)).isEqualTo(1);
        assertThat(Varint.length(128)).isEqualTo(2);
        assertThat(Varint.length(-1)).isEqualTo(10);
    }

    @Test
    void theChecksumIsCrc32C() {
        byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(Crc.of(check)).isEqualTo(0xE3069283);
        assertThat(Crc.of(check, 0, 4, check, 4, 5)).isEqualTo(0xE3069283);
        assertThat(Crc.of(new byte[32])).isEqualTo(0x8A9136AA);
    }

    @Test
    void hashesAreSha256AndSortAsTheirText() {
        byte[] abc = {'x', 'a', 'b', 'c'};
        Hash hash = Hash.of(abc, 1, 3);
        assertThat(hash).hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Hash.parse(hash.toString())).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThat(Hash.parse(hash.toString().toUpperCase(Locale.ROOT))).isEqualTo(hash);
        byte[] room = new byte[40];
        hash.write(room, 5);
        assertThat(Hash.read(room, 5)).isEqualTo(hash);
        assertThat(hash.matches(room, 5)).isTrue();
        assertThat(hash.matches(room, 4)).isFalse();
        assertThat(new Hasher().update(abc, 1, 1).update(abc, 2, 2).finish()).isEqualTo(hash);
        TreeSet<Hash> sorted = new TreeSet<>();
        for (int index = 0; index < 500; index++) {
            sorted.add(Hash.of(new byte[] {(byte) index, (byte) (index >> 8)}));
        }
        assertThat(sorted.stream().map(Hash::toString))
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(500);
        assertThatThrownBy(() -> Hash.parse("abc")).hasMessageContaining("64 hexadecimal digits");
        assertThatThrownBy(() -> Hash.parse("g".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }
}
