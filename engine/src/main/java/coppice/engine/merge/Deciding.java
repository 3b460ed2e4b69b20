package coppice.engine.merge;

import coppice.api.ArrayMerge;
import coppice.api.Conflict;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.FieldConflict;
import coppice.api.Limits;
import coppice.api.MergePolicy;
import coppice.api.Resolver;
import coppice.api.crdt.Crdt;
import coppice.api.crdt.CrdtKind;
import coppice.json.ArrayRule;
import coppice.json.FieldMerge;
import coppice.kernel.history.CatalogResolver;
import coppice.kernel.history.Disagreement;
import coppice.kernel.tree.MergeConflict;
import coppice.kernel.tree.Resolution;
import coppice.structure.Merges;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides the keys that both sides of a merge changed: first by the policy that the rules have for a key, then by
/// the caller's resolver. What both leave is handed on as a conflict. For one merge and one thread.
final class Deciding implements CatalogResolver {
    private final Rules rules;
    private final Map<String, Resolver> functions;
    private final Sides sides;
    private Written.@Nullable Both written;
    private final Resolver resolver;
    private final Consumer<Conflict> unresolved;
    private long left;

    private record Row(String space, byte[] key) {}

    /// @param functions what policies may ask, by name
    /// @param sides what is merged
    /// @param unresolved gets the conflicts that stay, in order
    Deciding(
            Rules rules,
            Map<String, Resolver> functions,
            Sides sides,
            Resolver resolver,
            Consumer<Conflict> unresolved) {
        this.rules = rules;
        this.functions = functions;
        this.sides = sides;
        this.resolver = resolver;
        this.unresolved = unresolved;
    }

    @Override
    public Resolution row(String space, MergeConflict met) {
        Met key = new Met(space, met);
        Resolution byPolicy = decide(rules.policy(space, key.row.key()), key);
        if (!(byPolicy instanceof Resolution.Unresolved)) {
            return byPolicy;
        }
        Resolution decided = taken(resolver.resolve(key.conflict()), key);
        if (decided instanceof Resolution.Unresolved) {
            left++;
            unresolved.accept(key.conflict());
        }
        return decided;
    }

    /// How many keys nothing decided so far.
    long left() {
        return left;
    }

    /// What decides between several best common ancestors: policies that treat both sides alike and ask nobody.
    CatalogResolver betweenBases() {
        return (space, met) -> {
            Met key = new Met(space, met);
            return between(rules.policy(space, key.row.key()), key);
        };
    }

    private Resolution between(MergePolicy policy, Met key) {
        return switch (policy) {
            case MergePolicy.Fields _, MergePolicy.Crdt _, MergePolicy.Counts _, MergePolicy.Sketches _ ->
                decide(policy, key);
            case MergePolicy.DeleteWins _, MergePolicy.UpdateWins _ -> fields(ArrayMerge.WHOLE, key);
            case MergePolicy.Chain(MergePolicy first, MergePolicy otherwise) -> {
                Resolution decided = between(first, key);
                yield decided instanceof Resolution.Unresolved ? between(otherwise, key) : decided;
            }
            case MergePolicy.Whole _,
                    MergePolicy.Ours _,
                    MergePolicy.Theirs _,
                    MergePolicy.LastWriterWins _,
                    MergePolicy.Custom _ -> new Resolution.Unresolved();
        };
    }

    private Resolution decide(MergePolicy policy, Met key) {
        return switch (policy) {
            case MergePolicy.Whole _ -> new Resolution.Unresolved();
            case MergePolicy.Fields(ArrayMerge arrays) -> fields(arrays, key);
            case MergePolicy.Ours _ -> new Resolution.Ours();
            case MergePolicy.Theirs _ -> new Resolution.Theirs();
            case MergePolicy.LastWriterWins _ -> lastWriting(key);
            case MergePolicy.DeleteWins _ ->
                key.isRemovedOnOneSide() ? new Resolution.Delete() : fields(ArrayMerge.WHOLE, key);
            case MergePolicy.UpdateWins _ -> key.isRemovedOnOneSide() ? key.present() : fields(ArrayMerge.WHOLE, key);
            case MergePolicy.Custom(String function) -> taken(function(function).resolve(key.conflict()), key);
            case MergePolicy.Crdt(CrdtKind kind) -> crdt(kind, key);
            case MergePolicy.Counts _ -> added(key, Merges.counts(key.base(), key.ours(), key.theirs()));
            case MergePolicy.Sketches _ ->
                added(key, Merges.sketches(key.row.key(), key.base(), key.ours(), key.theirs()));
            case MergePolicy.Chain(MergePolicy first, MergePolicy otherwise) -> {
                Resolution decided = decide(first, key);
                yield decided instanceof Resolution.Unresolved ? decide(otherwise, key) : decided;
            }
        };
    }

    private Resolver function(String name) {
        Resolver function = functions.get(name);
        if (function == null) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.UNKNOWN_MERGE_FUNCTION,
                            "A merge policy asks the function '" + name + "', and none is registered by this name: "
                                    + "register it with mergePolicies().register(..), or change the rule")
                    .with("function", name);
        }
        return function;
    }

    private static Resolution fields(ArrayMerge arrays, Met key) {
        byte[] base = key.base();
        byte[] ours = key.ours();
        byte[] theirs = key.theirs();
        if (base == null || ours == null || theirs == null) {
            return new Resolution.Unresolved();
        }
        ArrayRule rule = new ArrayRule(arrays.idMember(), arrays.sets());
        return switch (FieldMerge.merge(base, ours, theirs, rule)) {
            case FieldMerge.Outcome.Merged(byte[] text) -> take(text);
            case FieldMerge.Outcome.Conflicted(List<coppice.json.FieldConflict> fields) -> {
                key.fields = fields.stream()
                        .map(field -> new FieldConflict(field.pointer(), field.base(), field.ours(), field.theirs()))
                        .toList();
                yield new Resolution.Unresolved();
            }
            case FieldMerge.Outcome.WithoutFields _ -> new Resolution.Unresolved();
        };
    }

    private Resolution lastWriting(Met key) {
        Written.Both by = written == null ? sides.written() : written;
        written = by;
        int order = Long.compare(
                by.ours().millis(key.row.space(), key.row.key()), by.theirs().millis(key.row.space(), key.row.key()));
        if (order == 0) {
            byte[] our = key.ours();
            byte[] their = key.theirs();
            order = our == null ? -1 : their == null ? 1 : Arrays.compareUnsigned(our, their);
        }
        return order >= 0 ? new Resolution.Ours() : new Resolution.Theirs();
    }

    private static Resolution crdt(CrdtKind kind, Met key) {
        if (key.isRemovedOnOneSide()) {
            return key.present();
        }
        byte[] ours = key.ours();
        byte[] theirs = key.theirs();
        if (ours == null || theirs == null) {
            return new Resolution.Unresolved();
        }
        try {
            return take(Crdt.merge(kind, ours, theirs));
        } catch (IllegalArgumentException notThatKind) {
            return new Resolution.Unresolved();
        }
    }

    /// What was added to a base, which has to be known.
    private static Resolution added(Met key, Optional<byte[]> sum) {
        return key.isBaseUnclear()
                ? new Resolution.Unresolved()
                : sum.map(Deciding::take).orElseGet(Resolution.Unresolved::new);
    }

    private static Resolution taken(Resolver.Resolution resolution, Met key) {
        return switch (resolution) {
            case Resolver.Unresolved _ -> new Resolution.Unresolved();
            case Resolver.Take(Optional<byte[]> value) -> {
                if (value.isEmpty()) {
                    yield new Resolution.Delete();
                }
                yield Arrays.equals(value.get(), key.ours()) ? new Resolution.Ours() : take(value.get());
            }
        };
    }

    private static Resolution take(byte[] value) {
        if (value.length > Limits.VALUE_BYTES_MAX) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_VALUE,
                            "A merged value has " + value.length + " bytes, and at most " + Limits.VALUE_BYTES_MAX
                                    + " are allowed: decide this key otherwise, or split it")
                    .with("length", value.length);
        }
        return new Resolution.Take(value);
    }

    /// A key that both sides changed, whose values are read when somebody asks.
    private static final class Met {
        private final Row row;
        private final MergeConflict met;
        private List<FieldConflict> fields = List.of();
        private @Nullable Conflict conflict;

        Met(String space, MergeConflict met) {
            this.row = new Row(space, met.key());
            this.met = met;
        }

        /// Whether there are several common ancestors that do not agree.
        boolean isBaseUnclear() {
            return Disagreement.is(met.base());
        }

        byte @Nullable [] base() {
            byte[] base = met.base();
            return Disagreement.is(base) ? null : base;
        }

        byte @Nullable [] ours() {
            return met.ours();
        }

        byte @Nullable [] theirs() {
            return met.theirs();
        }

        boolean isRemovedOnOneSide() {
            return !met.isInOurs() || !met.isInTheirs();
        }

        /// The side that has it.
        Resolution present() {
            return met.isInOurs() ? new Resolution.Ours() : new Resolution.Theirs();
        }

        Conflict conflict() {
            if (conflict == null || !conflict.fields().equals(fields)) {
                conflict = new Conflict(
                        row.space(),
                        row.key(),
                        Optional.ofNullable(base()),
                        Optional.ofNullable(ours()),
                        Optional.ofNullable(theirs()),
                        fields);
            }
            return conflict;
        }
    }
}
