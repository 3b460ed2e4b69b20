package coppice.engine.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootsTest {
    private final Roots roots = new Roots();
    private final Object reader = new Object();

    private Roots.Hold hold(String name) {
        return roots.hold(reader, List.of(new Roots.OfTree(Hash.of(name.getBytes(UTF_8)))));
    }

    @Test
    void whatIsReadIsHeldUntilItIsReleased() {
        Roots.Hold first = hold("a");
        hold("b");
        assertThat(roots.held()).hasSize(2);
        first.release();
        assertThat(roots.held()).containsExactly(new Roots.OfTree(Hash.of("b".getBytes(UTF_8))));
    }

    /// As the garbage collector does, which queues the reference only some time later.
    @Test
    void whatAnUnreachableReaderReadIsNotHeld() {
        Roots.Hold hold = hold("a");
        hold.clear();
        assertThat(roots.held()).isEmpty();
    }
}
