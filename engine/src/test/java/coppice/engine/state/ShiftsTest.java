package coppice.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ShiftsTest {
    private static final int MANY = 100_000;

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /// As deep as there are keys, this would end the stack.
    private static Shifts put(IntUnaryOperator order) {
        Shifts shifts = Shifts.NONE;
        for (int i = 0; i < MANY; i++) {
            shifts = shifts.with(new Shifts.Shift(key(order.applyAsInt(i)), 0, false, true));
        }
        return shifts;
    }

    @Test
    void staysFlatInWhateverOrderKeysCome() {
        for (IntUnaryOperator order : new IntUnaryOperator[] {
            i -> i, i -> MANY - 1 - i, i -> i % 2 == 0 ? i / 2 : MANY - 1 - i / 2, i -> (int) (i * 48_271L % MANY)
        }) {
            Shifts shifts = put(order);
            assertThat(shifts.size()).isEqualTo(MANY);
            assertThat(shifts.gain()).isEqualTo(MANY);
            for (int number : new int[] {0, 1, 777, MANY / 2, MANY - 1}) {
                assertThat(shifts.gainBefore(key(number))).isEqualTo(number);
                assertThat(shifts.select(number).key()).isEqualTo(key(number));
            }
        }
    }

    @Test
    void manyAtOnceAreTheSameAsOneAfterTheOther() {
        SplittableRandom random = new SplittableRandom(3);
        Shifts one = Shifts.NONE;
        Shifts many = Shifts.NONE;
        for (int round = 0; round < 60; round++) {
            Map<Integer, Shifts.Shift> batch = new TreeMap<>();
            int from = random.nextInt(100) * random.nextInt(100);
            for (int i = random.nextInt(1 << random.nextInt(12)); i >= 0; i--) {
                int number = from + random.nextInt(1_000);
                batch.put(number, new Shifts.Shift(key(number), 0, false, random.nextBoolean()));
            }
            many = many.with(List.copyOf(batch.values()));
            for (Shifts.Shift shift : batch.values()) {
                one = one.with(shift);
            }
            assertThat(many.size()).isEqualTo(one.size());
            assertThat(many.gain()).isEqualTo(one.gain());
            for (int number = 0; number < 11_000; number += 97) {
                assertThat(many.gainBefore(key(number))).isEqualTo(one.gainBefore(key(number)));
                assertThat(many.find(key(number))).isSameAs(one.find(key(number)));
            }
        }
        assertThat(many.depth()).isLessThan(40);
    }

    @Test
    void aRowIsBetweenThoseThatCameAndWithoutThoseThatAreGone() {
        // Rows 0 to 9 are in the tree; 3 is gone, and one came before 5 and one behind all.
        Shifts shifts = Shifts.NONE
                .with(new Shifts.Shift(key(50), 5, false, true))
                .with(new Shifts.Shift(key(30), 3, true, false))
                .with(new Shifts.Shift(key(100), 10, false, true))
                .with(new Shifts.Shift(key(70), 7, true, true));
        assertThat(shifts.gain()).isEqualTo(1);
        assertThat(shifts.select(2)).isEqualTo(new Shifts.Found(null, 2));
        assertThat(shifts.select(3)).isEqualTo(new Shifts.Found(null, 4));
        assertThat(shifts.select(4).key()).isEqualTo(key(50));
        assertThat(shifts.select(5)).isEqualTo(new Shifts.Found(null, 5));
        assertThat(shifts.select(7)).isEqualTo(new Shifts.Found(null, 7));
        assertThat(shifts.select(10).key()).isEqualTo(key(100));
        assertThat(shifts.gainBefore(key(30))).isZero();
        assertThat(shifts.gainBefore(key(31))).isEqualTo(-1);
        assertThat(shifts.gainBefore(key(51))).isZero();
    }

    @Test
    void anotherInItsPlaceLeavesWhatWasAsItIs() {
        Shifts before = Shifts.NONE.with(new Shifts.Shift(key(1), 0, false, true));
        Shifts after = before.with(new Shifts.Shift(key(1), 0, false, false));
        assertThat(before.gain()).isEqualTo(1);
        assertThat(after.gain()).isZero();
        assertThat(after.size()).isEqualTo(1);
    }
}
