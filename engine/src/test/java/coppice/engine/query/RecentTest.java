package coppice.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final List<Integer> made = new ArrayList<>();
    private final Recent<Integer, String> recent = new Recent<>(4);

    private String ask(int key) {
        return recent.of(key, one -> {
            made.add(one);
            return "made of " + one;
        });
    }

    @Test
    void whatIsAskedForAgainIsNotMadeAgain() {
        for (int i = 0; i < 100; i++) {
            assertThat(ask(1)).isEqualTo("made of 1");
            assertThat(ask(2 + i)).isEqualTo("made of " + (2 + i));
        }
        assertThat(made).containsOnlyOnce(1);
    }

    @Test
    void whatNobodyAskedForLatelyIsForgotten() {
        for (int i = 0; i < 100; i++) {
            ask(i);
            assertThat(recent.size()).isBetween(1, 8);
        }
        ask(0);
        assertThat(made).hasSize(101).endsWith(0);
    }

    @Test
    void aFailureIsNotRemembered() {
        assertThatThrownBy(() -> recent.of(1, _ -> {
                    throw new IllegalStateException("not now");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ask(1)).isEqualTo("made of 1");
    }
}
