package coppice.testing.contract.model;

import coppice.api.Database;
import coppice.api.MergePolicy;
import coppice.api.crdt.CrdtKind;
import java.util.Optional;

/// What becomes of rows that both sides of a merge changed, by rule.
enum Policy {
    WHOLE,
    FIELDS,
    OURS,
    THEIRS,
    DELETE_WINS,
    UPDATE_WINS,
    FIELDS_ELSE_OURS,
    COUNTER,
    /// A function of the user's: of two texts the one that comes later.
    LATER;

    private static final String LATER_FUNCTION = "later";

    /// The same for the API.
    MergePolicy real() {
        return switch (this) {
            case WHOLE -> MergePolicy.whole();
            case FIELDS -> MergePolicy.fields();
            case OURS -> MergePolicy.ours();
            case THEIRS -> MergePolicy.theirs();
            case DELETE_WINS -> MergePolicy.deleteWins();
            case UPDATE_WINS -> MergePolicy.updateWins();
            case FIELDS_ELSE_OURS -> MergePolicy.fields().otherwise(MergePolicy.ours());
            case COUNTER -> MergePolicy.crdt(CrdtKind.COUNTER);
            case LATER -> MergePolicy.custom(LATER_FUNCTION);
        };
    }

    /// Nothing where it leaves the row undecided; else the value, which may be none.
    Optional<Optional<String>> decide(Clash clash) {
        boolean isRemoved = clash.ours().isEmpty() || clash.theirs().isEmpty();
        return switch (this) {
            case WHOLE -> Optional.empty();
            case FIELDS -> fields(clash);
            case OURS -> Optional.of(clash.ours());
            case THEIRS -> Optional.of(clash.theirs());
            case DELETE_WINS -> isRemoved ? Optional.of(Optional.empty()) : fields(clash);
            case UPDATE_WINS -> isRemoved ? Optional.of(clash.ours().or(clash::theirs)) : fields(clash);
            case FIELDS_ELSE_OURS -> fields(clash).or(() -> Optional.of(clash.ours()));
            case COUNTER -> isRemoved ? Optional.of(clash.ours().or(clash::theirs)) : counts(clash);
            case LATER -> isRemoved ? Optional.empty() : Optional.of(later(clash));
        };
    }

    /// As [#decide] where several common ancestors are merged: what takes one side's part decides nothing.
    Optional<Optional<String>> decideBetweenBases(Clash clash) {
        return switch (this) {
            case WHOLE, OURS, THEIRS, LATER -> Optional.empty();
            case COUNTER -> decide(clash);
            case FIELDS, DELETE_WINS, UPDATE_WINS, FIELDS_ELSE_OURS -> fields(clash);
        };
    }

    /// Tells a database what the functions are that rules ask.
    static void register(Database db) {
        db.mergePolicies().register(LATER_FUNCTION, ((Clash.Decider) LATER::decide).resolver());
    }

    private static Optional<String> later(Clash clash) {
        return clash.ours().orElseThrow().compareTo(clash.theirs().orElseThrow()) >= 0 ? clash.ours() : clash.theirs();
    }

    private static Optional<Optional<String>> counts(Clash clash) {
        Optional<String> merged = Counts.merge(clash.ours(), clash.theirs());
        return merged.isPresent() ? Optional.of(merged) : Optional.empty();
    }

    private static Optional<Optional<String>> fields(Clash clash) {
        Optional<String> merged = Fields.merge(clash.base(), clash.ours(), clash.theirs());
        return merged.isPresent() ? Optional.of(merged) : Optional.empty();
    }
}
