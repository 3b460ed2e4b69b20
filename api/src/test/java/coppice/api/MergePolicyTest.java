package coppice.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergePolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole",
                "fields",
                "fields(sets)",
                "fields(id=sku)",
                "fields(id=sku,sets)",
                "ours",
                "theirs",
                "last-writer-wins",
                "delete-wins",
                "update-wins",
                "counts",
                "sketches",
                "function(a.b-c_1$)",
                "crdt(grow-only-counter)",
                "crdt(counter)",
                "crdt(last-writer-register)",
                "crdt(multi-value-register)",
                "crdt(add-wins-set)",
                "crdt(add-wins-map)",
                "fields else last-writer-wins else ours"
            })
    void policiesInWordsComeBack(String text) {
        assertThat(MergePolicy.parse(text).text()).isEqualTo(text);
    }
}
