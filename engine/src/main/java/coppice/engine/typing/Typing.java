package coppice.engine.typing;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.schema.Schema;
import coppice.api.schema.TypeDefinition;
import coppice.api.schema.Validation;
import coppice.api.schema.Violation;
import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import coppice.engine.projection.Node;
import coppice.engine.projection.Results;
import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import coppice.engine.state.StateCursor;
import coppice.engine.terms.Keys;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeDiff;
import coppice.schema.CompiledType;
import coppice.schema.FieldPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares what is written with the types of its branch. Each document by itself before the branch is locked;
/// and what documents have to do with each other in the state that the transaction would leave behind, while
/// nobody else writes. Safe for all threads.
///
/// Who has which value, and who refers to whom, are projections ([Holders]): made when they are first needed, and
/// then brought forward with each transaction by what it changes.
public final class Typing {
    /// So many schemas are kept ready: as many as there are branches with different ones that are written to.
    private static final int READY_MAX = 16;

    private final Results results;
    private volatile List<BranchTypes> ready = List.of();

    /// @param results makes the projections
    public Typing(Results results) {
        this.results = results;
    }

    /// The types of a state.
    @SuppressWarnings("ReferenceEquality") // mostly it is the very same state
    public BranchTypes types(BranchState state) {
        SpaceState space = state.space(Schema.SPACE);
        if (!space.hasEntries()) {
            return new BranchTypes(space, Collections.emptySortedMap(), List.of());
        }
        List<BranchTypes> known = ready;
        for (BranchTypes types : known) {
            if (types.space() == space) {
                return types;
            }
        }
        BranchTypes read = BranchTypes.read(space);
        List<BranchTypes> next = new ArrayList<>(List.of(read));
        known.stream().limit(READY_MAX - 1).forEach(next::add);
        ready = List.copyOf(next);
        return read;
    }

    /// Whether a state has these types.
    public static boolean isSame(BranchTypes types, BranchState state) {
        return types.space().agreesWithin(state.space(Schema.SPACE), Range.all());
    }

    /// What is written, with the defaults of fields that documents lack, compared with the types document by
    /// document.
    ///
    /// @throws DatabaseException.Incorrect when a document violates its type
    public List<SpaceWrites> completed(BranchTypes types, List<SpaceWrites> writes) {
        if (types.isEmpty()) {
            return writes;
        }
        List<Violation> violations = new ArrayList<>();
        List<SpaceWrites> all = new ArrayList<>();
        for (SpaceWrites one : writes) {
            List<CompiledType> here = types.of(one.space());
            all.add(here.isEmpty() ? one : completed(here, one, violations));
        }
        refuse(violations);
        return all;
    }

    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    private static SpaceWrites completed(List<CompiledType> types, SpaceWrites writes, List<Violation> violations) {
        byte[][] values = writes.values().clone();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != Delta.REMOVED) {
                values[i] = completed(types, writes.keys()[i], values[i], violations);
            }
        }
        return new SpaceWrites(writes.space(), writes.keys(), values);
    }

    private static byte[] completed(List<CompiledType> types, byte[] key, byte[] value, List<Violation> violations) {
        byte[] document = value;
        for (CompiledType type : types) {
            if (type.keys().fits(key)) {
                document = type.completed(document);
                type.check(key, document, violations::add);
            }
        }
        return document;
    }

    /// Compares what was written with the other documents of the state that it leads to.
    ///
    /// @throws DatabaseException.Incorrect when a value is there twice, or a reference leads nowhere
    public void checkTogether(BranchTypes types, List<SpaceWrites> writes, BranchState next) {
        if (types.isEmpty()) {
            return;
        }
        List<Violation> violations = new ArrayList<>();
        Together together = new Together(types, next, violations);
        for (SpaceWrites one : writes) {
            List<CompiledType> here = types.tied(one.space());
            for (int i = 0; !here.isEmpty() && i < one.keys().length; i++) {
                byte[] key = one.keys()[i];
                byte[] document = next.space(one.space()).get(key);
                for (CompiledType type : here) {
                    together.check(type, key, document);
                }
            }
        }
        refuse(violations);
    }

    /// Compares what a move changes in a branch with the types that it then has, and with those that the move
    /// brings all documents. Costs what the two states differ in.
    ///
    /// @throws DatabaseException.Incorrect when something violates its type that did not before
    public void checkMoved(BranchState before, BranchState after) {
        BranchTypes types = types(after);
        if (types.isEmpty()) {
            return;
        }
        List<Violation> violations = new ArrayList<>();
        Together together = new Together(types, after, violations);
        BranchTypes old = types(before);
        for (CompiledType type : types.all().values()) {
            TypeDefinition definition = type.definition();
            boolean isNew = old.find(definition.name())
                    .filter(other -> other.definition().equals(definition))
                    .isEmpty();
            if (isNew && types.shown(type).isValidated()) {
                violations.addAll(existing(types, type, after, true).examples());
            }
            Tree now = after.space(definition.space()).whole();
            TreeDiff diff = before.space(definition.space()).whole().diff(now);
            while (diff.next() && violations.size() < Validation.EXAMPLES_MAX) {
                byte[] document = diff.after();
                if (document != null && type.keys().fits(diff.key())) {
                    type.check(diff.key(), document, violations::add);
                }
                together.check(type, diff.key(), document);
            }
        }
        refuse(violations);
    }

    /// Compares all documents of a type with it, and those that refer to it.
    ///
    /// @param types of the state, and the type among them
    public Validation existing(BranchTypes types, CompiledType type, BranchState state, boolean isInForce) {
        List<Violation> violations = new ArrayList<>();
        Together together = new Together(types, state, violations);
        long documents = 0;
        long found = 0;
        List<Violation> examples = new ArrayList<>();
        List<CompiledType> concerned = new ArrayList<>(List.of(type));
        types.referringTo(type.definition().name()).stream()
                .filter(other -> !other.equals(type))
                .forEach(concerned::add);
        for (CompiledType one : concerned) {
            try (StateCursor cursor =
                    state.space(one.definition().space()).scan(one.keys().range())) {
                while (cursor.next()) {
                    byte[] key = cursor.key();
                    if (!one.keys().fits(key)) {
                        continue;
                    }
                    byte[] document = cursor.value();
                    if (one.equals(type)) {
                        documents++;
                        one.check(key, document, violations::add);
                    }
                    together.check(one, key, document);
                    found += violations.size();
                    violations.stream()
                            .limit(Validation.EXAMPLES_MAX - (long) examples.size())
                            .forEach(examples::add);
                    violations.clear();
                }
            }
        }
        return new Validation(documents, found, examples, isInForce);
    }

    /// What documents of one state have to do with each other.
    private final class Together {
        private final BranchTypes types;
        private final BranchState state;
        private final List<Violation> violations;
        private final Map<Hash, SpaceState> entries = new TreeMap<>();

        Together(BranchTypes types, BranchState state, List<Violation> violations) {
            this.types = types;
            this.state = state;
            this.violations = violations;
        }

        /// @param document null when it is not there any more
        void check(CompiledType type, byte[] key, byte @Nullable [] document) {
            if (!type.keys().fits(key)) {
                return;
            }
            if (document == null) {
                checkGone(type, key);
                return;
            }
            for (FieldPath path : type.paths()) {
                for (String value : path.values(document)) {
                    if (path.isReference()) {
                        checkReference(type, key, path, value);
                    } else {
                        Holders.other(entries(type, path), value, key)
                                .ifPresent(other -> add(
                                        type,
                                        key,
                                        path,
                                        Violation.Rule.UNIQUE,
                                        value,
                                        "a value that no other has: '" + Keys.display(other) + "' has it"));
                    }
                }
            }
        }

        private void checkReference(CompiledType type, byte[] key, FieldPath path, String value) {
            Optional<CompiledType> target = types.find(path.to());
            byte[] named = FieldPath.referred(value);
            if (target.isEmpty()
                    || named.length == 0
                    || !target.get().keys().fits(named)
                    || !state.space(target.get().definition().space()).contains(named)) {
                add(
                        type,
                        key,
                        path,
                        Violation.Rule.REFERENCE,
                        value,
                        "the key of a document of type '" + path.to() + "' that is there");
            }
        }

        private void checkGone(CompiledType type, byte[] key) {
            String name = type.definition().name();
            String value = FieldPath.reference(new String(key, UTF_8));
            for (CompiledType other : types.referringTo(name)) {
                for (FieldPath path : other.paths()) {
                    if (path.to().equals(name)) {
                        Holders.other(entries(other, path), value, new byte[0])
                                .ifPresent(holder -> add(
                                        other,
                                        holder,
                                        path,
                                        Violation.Rule.REFERENCE,
                                        value,
                                        "another value, or none, before '" + Keys.display(key) + "' is removed"));
                    }
                }
            }
        }

        private void add(
                CompiledType type, byte[] key, FieldPath path, Violation.Rule rule, String value, String expected) {
            TypeDefinition definition = type.definition();
            violations.add(
                    new Violation(definition.name(), definition.space(), key, path.pointer(), rule, value, expected));
        }

        private SpaceState entries(CompiledType type, FieldPath path) {
            Holders holders = new Holders(type, path);
            Node node = Node.made(holders, new Node.OfSpace(type.definition().space()));
            return entries.computeIfAbsent(holders.name(), _ -> results.of(node, state));
        }
    }

    private static void refuse(List<Violation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        Violation first = violations.getFirst();
        String where = first.path().isEmpty() ? "" : " at " + first.path();
        String more = switch (violations.size()) {
            case 1 -> "";
            case 2 -> "; there is 1 more violation";
            default -> "; there are " + (violations.size() - 1) + " more violations";
        };
        throw new DatabaseException.Incorrect(
                        ErrorCode.TYPE_VIOLATED,
                        "'" + Keys.display(first.key()) + "' in space '" + first.space() + "' is no '" + first.type()
                                + "'" + where + ", rule " + first.rule() + ": " + words(first) + more
                                + "; nothing was written")
                .with("type", first.type())
                .with("space", first.space())
                .with("key", Keys.display(first.key()))
                .with("path", first.path())
                .with("rule", first.rule().name())
                .with("value", first.value());
    }

    private static String words(Violation violation) {
        if (!violation.value().isEmpty()) {
            return violation.value() + " is there, and must be " + violation.expected();
        }
        return violation.path().isEmpty()
                ? "the document must be " + violation.expected()
                : "nothing is there, and must be " + violation.expected();
    }
}
