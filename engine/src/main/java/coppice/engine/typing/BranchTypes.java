package coppice.engine.typing;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.api.schema.DefinedType;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.expression.Declared;
import coppice.schema.CompiledType;
import coppice.schema.TypeFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The types of one state of a branch, ready to use. Immutable.
///
/// @param space the state of the space that has them
/// @param all by name
/// @param unvalidated the names of those that documents may violate which were there before
public record BranchTypes(SpaceState space, SortedMap<String, CompiledType> all, List<String> unvalidated) {
    /// Reads the types from the space that has them.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when one cannot be read, as a merge by hand may leave it
    public static BranchTypes read(SpaceState space) {
        SortedMap<String, CompiledType> all = new TreeMap<>();
        List<String> unvalidated = new ArrayList<>();
        try (StateCursor cursor = space.scan(Range.all())) {
            while (cursor.next()) {
                String name = new String(cursor.key(), UTF_8);
                DefinedType type = TypeFormat.readStored(name, cursor.value());
                if (!type.isValidated()) {
                    unvalidated.add(name);
                }
                all.put(name, CompiledType.stored(type.definition()));
            }
        }
        return new BranchTypes(space, all, unvalidated);
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /// The types of the documents of a space.
    List<CompiledType> of(String name) {
        return all.values().stream()
                .filter(type -> type.definition().space().equals(name))
                .toList();
    }

    /// What is known of all documents of a space with some keys: by types that are for all of these, and that all
    /// documents are known to fit. Keys that have nothing where a part would be count as keys of a type, so that
    /// `user:*` are those of `user:{id}`.
    public Declared declared(String space, KeyPattern keys) {
        if (all.isEmpty()) { // as with most queries
            return Declared.ANYTHING;
        }
        return Declared.all(of(space).stream()
                .filter(type -> type.keys().hasAll(keys)
                        && !unvalidated.contains(type.definition().name()))
                .map(CompiledType::declared)
                .toList());
    }

    /// Those of them whose documents have to do with others.
    List<CompiledType> tied(String space) {
        return of(space).stream()
                .filter(type -> !type.paths().isEmpty()
                        || !referringTo(type.definition().name()).isEmpty())
                .toList();
    }

    /// A type.
    public Optional<CompiledType> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /// A type as users see it.
    public DefinedType shown(CompiledType type) {
        return new DefinedType(
                type.definition(), !unvalidated.contains(type.definition().name()));
    }

    /// These types with another, in place of the one of its name.
    public BranchTypes with(CompiledType type) {
        SortedMap<String, CompiledType> more = new TreeMap<>(all);
        more.put(type.definition().name(), type);
        return new BranchTypes(space, more, unvalidated);
    }

    /// The types that refer to one.
    public List<CompiledType> referringTo(String name) {
        return all.values().stream()
                .filter(type -> type.paths().stream().anyMatch(path -> path.to().equals(name)))
                .toList();
    }
}
