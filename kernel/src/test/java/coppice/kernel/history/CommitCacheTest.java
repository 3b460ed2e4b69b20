package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitCacheTest {
    private static final int ROOM = 100_000;

    private final CommitCache cache = new CommitCache(ROOM);

    private static Commit commit(int number, int messageLength) {
        return new Commit(
                Example.hash(1),
                List.of(),
                0,
                Example.hash(2),
                "Ada",
                number,
                "Ada",
                number,
                "m".repeat(messageLength),
                Map.of(),
                Signature.NONE);
    }

    private Commit keep(int number, int messageLength) {
        Commit commit = commit(number, messageLength);
        return cache.keep(commit.hash(), commit);
    }

    @Test
    void forgetsWhatWasNotAskedForLongest() {
        Commit first = keep(0, 10);
        Commit second = keep(1, 10);
        for (int number = 2; number < 1_000; number++) {
            keep(number, 10);
            assertThat(cache.find(first.hash())).isEqualTo(first);
        }
        assertThat(cache.find(second.hash())).isNull();
    }

    @Test
    void longMessagesTakeTheRoomOfMany() {
        for (int number = 0; number < 100; number++) {
            keep(number, 10);
        }
        assertThat(cache.find(commit(0, 10).hash())).isNotNull();
        keep(100, ROOM / 2 - 1_000);
        assertThat(cache.find(commit(50, 10).hash())).isNull();
        assertThat(cache.find(commit(100, ROOM / 2 - 1_000).hash())).isNotNull();
    }

    @Test
    void keepsACommitOnceHoweverOftenItIsGiven() {
        Commit other = keep(1, 10);
        for (int time = 0; time < 1_000; time++) {
            keep(0, 10);
        }
        assertThat(cache.find(other.hash())).isEqualTo(other);
    }
}
