package coppice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void countsInThousands() {
        assertThat(Amounts.count(0)).isEqualTo("0");
        assertThat(Amounts.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Amounts.count(1, "row")).isEqualTo("1 row");
        assertThat(Amounts.count(2, "row")).isEqualTo("2 rows");
    }

    @Test
    void sizesHaveThreeDigits() {
        assertThat(Amounts.bytes(0)).isEqualTo("0 B");
        assertThat(Amounts.bytes(999)).isEqualTo("999 B");
        assertThat(Amounts.bytes(1000)).isEqualTo("0.98 KiB");
        assertThat(Amounts.bytes(1536)).isEqualTo("1.50 KiB");
        assertThat(Amounts.bytes(10 << 20)).isEqualTo("10.0 MiB");
        assertThat(Amounts.bytes(Long.MAX_VALUE)).isEqualTo("8388608 TiB");
    }

    @Test
    void timesPickTheirUnit() {
        assertThat(Amounts.time(0)).isEqualTo("0 ns");
        assertThat(Amounts.time(999)).isEqualTo("999 ns");
        assertThat(Amounts.time(3_210)).isEqualTo("3.21 µs");
        assertThat(Amounts.time(999_499)).isEqualTo("999 µs");
        assertThat(Amounts.time(999_600)).isEqualTo("1.00 ms");
        assertThat(Amounts.time(12_345_678)).isEqualTo("12.3 ms");
        assertThat(Amounts.time(2_400_000_000L)).isEqualTo("2.40 s");
        assertThat(Amounts.time(200_000_000_000L)).isEqualTo("3 min 20 s");
    }

    @Test
    void ratesArePerSecond() {
        assertThat(Amounts.rate(10, 1_000_000_000)).isEqualTo("10.0 /s");
        assertThat(Amounts.rate(24_657, 100_000_000)).isEqualTo("247 k/s");
        assertThat(Amounts.rate(5_000_000, 1_000_000_000)).isEqualTo("5.00 M/s");
        assertThat(Amounts.rate(0, 0)).isEqualTo("0.00 /s");
    }
}
