package coppice.engine.state;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The folded spaces of one state: a catalog and, as far as they were asked for, its trees. An immutable value that
/// remembers what it has loaded; shared by all states of the same catalog.
///
/// Whoever holds it may read its trees at any time, so the chunks below it must be kept as long as it is reachable.
public final class Spaces {
    /// The kind of a space of plain keys and values.
    private static final String KIND = "keys";

    private final Nodes nodes;
    private final Roots roots;
    private final Catalog catalog;
    private final Map<String, SpaceState> loaded = new ConcurrentHashMap<>();

    private Spaces(Nodes nodes, Roots roots, Catalog catalog) {
        this.nodes = nodes;
        this.roots = roots;
        this.catalog = catalog;
    }

    /// The spaces of a catalog.
    public static Spaces of(Nodes nodes, Roots roots, Catalog catalog) {
        return new Spaces(nodes, roots, catalog);
    }

    /// The spaces of a stored catalog.
    public static Spaces load(Nodes nodes, Roots roots, Hash root) {
        return of(nodes, roots, Catalog.load(nodes, root));
    }

    Roots roots() {
        return roots;
    }

    /// The catalog.
    public Catalog catalog() {
        return catalog;
    }

    /// The root of the catalog: equal for equal content of all spaces.
    public Hash root() {
        return catalog.root();
    }

    /// The names of all spaces, in order.
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        catalog.spaces().forEach(space -> names.add(space.name()));
        return names;
    }

    /// A space; empty when there is none of the name.
    public SpaceState space(String name) {
        SpaceState space = loaded.get(name);
        return space != null ? space : loaded.computeIfAbsent(name, this::read);
    }

    private SpaceState read(String name) {
        return SpaceState.of(roots, catalog.rows(name));
    }

    /// These spaces with some trees replaced; a space without entries is none. Writes the new catalog's chunks.
    /// What is loaded here is loaded there as well.
    public Spaces with(Map<String, Tree> trees) {
        Map<String, SpaceRecord> records = new HashMap<>();
        trees.forEach((name, tree) -> records.put(name, SpaceRecord.of(KIND, tree, null)));
        Spaces next = of(nodes, roots, catalog.with(records));
        next.loaded.putAll(loaded);
        trees.forEach((name, tree) -> next.loaded.put(name, SpaceState.of(roots, tree)));
        return next;
    }
}
