package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.DeltaEdits;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.history.RefValue;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where each branch is: from name to [RefValue], a tree as of the last checkpoint with creations and deletions
/// since on top. An immutable value.
record BranchTable(SpaceState rows) {
    static BranchTable of(Roots roots, Tree refs) {
        return new BranchTable(SpaceState.of(roots, refs));
    }

    Optional<RefValue> find(String name) {
        return name.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(rows.get(name.getBytes(UTF_8))).map(value -> RefValue.decode(name, value));
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        try (var cursor = rows.scan(Range.all())) {
            while (cursor.next()) {
                names.add(new String(cursor.key(), UTF_8));
            }
        }
        return names;
    }

    BranchTable with(String name, RefValue value) {
        return new BranchTable(rows.with(SpaceWrites.one("", name.getBytes(UTF_8), value.encode())));
    }

    BranchTable without(String name) {
        return new BranchTable(rows.with(SpaceWrites.one("", name.getBytes(UTF_8), Delta.REMOVED)));
    }

    BranchTable frozen() {
        return new BranchTable(rows.frozen());
    }

    /// What was put aside, as a tree.
    Tree fold() {
        return rows.base().apply(new DeltaEdits(rows.aside()));
    }

    BranchTable folded(Tree refs) {
        return new BranchTable(rows.folded(refs));
    }

    Tree tree() {
        return rows.base();
    }
}
