package coppice.kernel.history;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All branches and tags: a tree from ref name to [RefValue]. An immutable value; a change gives another one.
/// Safe for all threads.
public final class Refs {
    private final Tree tree;

    private Refs(Tree tree) {
        this.tree = tree;
    }

    /// No refs.
    public static Refs empty(Nodes nodes) {
        return new Refs(Tree.empty(nodes));
    }

    /// The stored refs with this root. Reads one node, however many there are.
    public static Refs load(Nodes nodes, Hash root) {
        return new Refs(Tree.load(nodes, root));
    }

    /// A ref and its name.
    public record Ref(String name, RefValue value) {}

    /// What became of a change that expected something.
    public sealed interface Update {
        /// The refs after the change.
        record Done(Refs refs) implements Update {}

        /// The ref was not as expected, and nothing changed.
        ///
        /// @param actual what it is, null when there is none
        record Refused(@Nullable RefValue actual) implements Update {}
    }

    /// The root of the tree.
    public Hash root() {
        return tree.root();
    }

    /// The tree itself.
    public Tree tree() {
        return tree;
    }

    /// How many refs there are.
    public long count() {
        return tree.count();
    }

    /// The ref with this name. Any text may be asked for.
    public Optional<RefValue> get(String name) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0 || key.length > Tree.MAX_KEY_BYTES) {
            return Optional.empty();
        }
        byte[] value = tree.get(key);
        return value == null ? Optional.empty() : Optional.of(RefValue.decode(name, value));
    }

    /// The refs whose names begin with a prefix, in the order of the bytes of their names; all for the empty
    /// prefix.
    public List<Ref> list(String prefix) {
        byte[] first = prefix.getBytes(StandardCharsets.UTF_8);
        List<Ref> refs = new ArrayList<>();
        Cursor cursor = tree.cursor();
        boolean more = first.length == 0 ? cursor.next() : first.length <= Tree.MAX_KEY_BYTES && cursor.seek(first);
        while (more && Bytes.startsWith(cursor.key(), first)) {
            String name = new String(cursor.key(), StandardCharsets.UTF_8);
            refs.add(new Ref(name, RefValue.decode(name, cursor.value())));
            more = cursor.next();
        }
        return refs;
    }

    /// Makes, moves or removes a ref if it is as expected.
    ///
    /// @param expected what it must be now; null for none
    /// @param next what it becomes; null for none
    /// @throws IllegalArgumentException when the name of a ref to be made breaks a rule of [RefName]
    public Update compareAndSet(String name, @Nullable RefValue expected, @Nullable RefValue next) {
        RefValue actual = get(name).orElse(null);
        if (!Objects.equals(actual, expected)) {
            return new Update.Refused(actual);
        }
        if (Objects.equals(actual, next)) {
            return new Update.Done(this);
        }
        return new Update.Done(with(name, next));
    }

    /// Makes, moves or removes a ref, whatever it is.
    ///
    /// @param value null to remove it
    /// @throws IllegalArgumentException as [#compareAndSet]
    public Refs with(String name, @Nullable RefValue value) {
        return new Refs(tree.apply(Edits.of(List.of(edit(name, value)))));
    }

    /// Makes and moves many refs at once.
    ///
    /// @throws IllegalArgumentException as [#compareAndSet]
    public Refs withAll(Map<String, RefValue> values) {
        List<Edit> edits = new ArrayList<>();
        values.forEach((name, value) -> edits.add(edit(name, value)));
        edits.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
        return new Refs(tree.apply(Edits.of(edits)));
    }

    private static Edit edit(String name, @Nullable RefValue value) {
        return value == null
                ? Edit.delete(name.getBytes(StandardCharsets.UTF_8))
                : Edit.put(RefName.require(name).getBytes(StandardCharsets.UTF_8), value.encode());
    }

    /// Equal when all refs are.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Refs that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }
}
