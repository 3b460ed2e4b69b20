package coppice.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void aPrefixEndsBeforeTheNextPrefix() {
        Range range = Range.prefix(new byte[] {1, 2});
        assertThat(range.contains(new byte[] {1, 2})).isTrue();
        assertThat(range.contains(new byte[] {1, 2, -1, -1})).isTrue();
        assertThat(range.contains(new byte[] {1, 3})).isFalse();
        assertThat(range.contains(new byte[] {1, 1, -1})).isFalse();
    }

    @Test
    void aPrefixOfTheGreatestBytesHasNoEnd() {
        Range range = Range.prefix(new byte[] {-1, -1});
        assertThat(range.upper()).isEmpty();
        assertThat(range.contains(new byte[] {-1, -1, -1})).isTrue();
        assertThat(range.contains(new byte[] {-1, -2})).isFalse();
        assertThat(Range.prefix(new byte[] {1, -1}).upper())
                .hasValueSatisfying(to -> assertThat(to).isEqualTo(new byte[] {2}));
    }

    @Test
    void whatFollowsAKeyLeavesItOut() {
        byte[] key = {5};
        assertThat(Range.all().after(key).contains(key)).isFalse();
        assertThat(Range.all().after(key).contains(new byte[] {5, 0})).isTrue();
        assertThat(Range.all().reversed().after(key).contains(key)).isFalse();
        assertThat(Range.all().reversed().after(key).contains(new byte[] {4, -1}))
                .isTrue();
        assertThat(Range.all().reversed().after(key).isReversed()).isTrue();
    }

    @Test
    void keepsNoArrayOfTheCaller() {
        byte[] from = {1};
        Range range = Range.from(from);
        from[0] = 9;
        assertThat(range.contains(new byte[] {1})).isTrue();
        range.lower()[0] = 9;
        assertThat(range.contains(new byte[] {1})).isTrue();
    }
}
