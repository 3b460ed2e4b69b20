package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarkSetTest {
    @Test
    void agreesWithASetOfHashes() {
        SplittableRandom random = new SplittableRandom(1);
        Hash[] hashes = new Hash[40_000];
        for (int i = 0; i < hashes.length; i++) {
            // Every other hash agrees with its neighbour in the first eight bytes.
            long first = i % 2 == 0 ? random.nextLong() : hashes[i - 1].prefix();
            hashes[i] = Hash.of(first, random.nextLong(), 5, 6);
        }
        MarkSet marks = new MarkSet();
        Set<Hash> model = new HashSet<>();
        int disagreements = 0;
        for (int i = 0; i < 40_000; i++) {
            Hash hash = hashes[random.nextInt(hashes.length)];
            disagreements += marks.add(hash) == model.add(hash) ? 0 : 1;
        }
        for (Hash hash : hashes) {
            disagreements += marks.isLive(hash) == model.contains(hash) ? 0 : 1;
        }
        assertThat(disagreements).isZero();
        assertThat(marks.count()).isEqualTo(model.size());
    }

    @Test
    void holdsTheHashOfZeros() {
        MarkSet marks = new MarkSet();
        assertThat(marks.isLive(Hash.ZERO)).isFalse();
        assertThat(marks.add(Hash.ZERO)).isTrue();
        assertThat(marks.add(Hash.ZERO)).isFalse();
        assertThat(marks.isLive(Hash.ZERO)).isTrue();
        assertThat(marks.count()).isOne();
        marks.clear();
        assertThat(marks.isLive(Hash.ZERO)).isFalse();
        assertThat(marks.count()).isZero();
    }
}
