package coppice.engine.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.DeltaEdits;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where each ref is: from whole name to [RefValue], a tree as of the last checkpoint with what was made, set and
/// removed since on top. A branch in use knows better where it is. An immutable value.
public record RefTable(SpaceState rows) {
    /// The table as of a checkpoint.
    ///
    /// @param refs the tree that the manifest names
    public static RefTable of(Roots roots, Tree refs) {
        return new RefTable(SpaceState.of(roots, refs));
    }

    /// Where a ref is; empty when there is none.
    ///
    /// @param ref its whole name
    public Optional<RefValue> find(String ref) {
        return Optional.ofNullable(rows.get(ref.getBytes(UTF_8))).map(value -> RefValue.decode(ref, value));
    }

    /// The refs whose names begin like this, in order.
    public List<Refs.Ref> list(String prefix) {
        List<Refs.Ref> refs = new ArrayList<>();
        try (var cursor = rows.scan(Range.prefix(prefix.getBytes(UTF_8)))) {
            while (cursor.next()) {
                String name = new String(cursor.key(), UTF_8);
                refs.add(new Refs.Ref(name, RefValue.decode(name, cursor.value())));
            }
        }
        return refs;
    }

    /// The table with a ref made or moved.
    public RefTable with(String ref, RefValue value) {
        return new RefTable(rows.with(SpaceWrites.one("", ref.getBytes(UTF_8), value.encode())));
    }

    /// The table without a ref.
    public RefTable without(String ref) {
        return new RefTable(rows.with(SpaceWrites.one("", ref.getBytes(UTF_8), Delta.REMOVED)));
    }

    RefTable frozen() {
        return new RefTable(rows.frozen());
    }

    /// What was put aside, as a tree.
    public Tree fold() {
        return rows.base().apply(new DeltaEdits(rows.aside()));
    }

    RefTable folded(Tree refs) {
        return new RefTable(rows.folded(refs));
    }
}
