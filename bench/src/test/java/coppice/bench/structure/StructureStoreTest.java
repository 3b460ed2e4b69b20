package coppice.bench.structure;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.bench.structure.StructureStore.DictUser;
import coppice.bench.structure.StructureStore.QueueUser;
import coppice.bench.structure.StructureStore.Safety;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What every store of structures must do for its numbers to mean the same.
class StructureStoreTest {
    static final List<String> NAMES = StructureStore.NAMES;

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("NAMES")
    void dictsAndQueuesHoldWhatWasPutWhenTheyAreOpenedAgain(String name) throws Exception {
        for (Safety safety : Safety.values()) {
            try (StructureStore store = open(name, safety);
                    DictUser dict = store.dict();
                    QueueUser queue = store.queue()) {
                dict.put("person:" + safety, "first");
                dict.put("person:" + safety, "second!");
                queue.put("low", 2);
                queue.put("high", 1);
            }
        }
        try (StructureStore store = open(name, Safety.SYNCED);
                DictUser dict = store.dict();
                QueueUser queue = store.queue();
                QueueUser other = store.queue()) {
            assertThat(dict.get("person:SYNCED")).isEqualTo("second!".length());
            assertThat(dict.get("person:WRITTEN")).isEqualTo("second!".length());
            assertThat(dict.get("person:nobody")).isEqualTo(-1);
            for (int i = 0; i < 2; i++) {
                assertThat(queue.take(1)).isTrue();
                assertThat(other.take(1)).isTrue();
            }
            assertThat(queue.take(1)).isFalse();
        }
    }

    private StructureStore open(String name, Safety safety) throws Exception {
        StructureStore store = StructureStore.named(name);
        store.open(directory, 16L << 20, safety);
        return store;
    }
}
