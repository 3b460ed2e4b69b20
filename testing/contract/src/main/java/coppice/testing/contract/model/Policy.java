package coppice.testing.contract.model;

import coppice.api.MergePolicy;
import java.util.Optional;

/// What becomes of rows that both sides of a merge changed, by rule.
enum Policy {
    WHOLE,
    FIELDS,
    OURS,
    THEIRS,
    DELETE_WINS,
    UPDATE_WINS,
    FIELDS_ELSE_OURS;

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
        };
    }

    /// As [#decide] where several common ancestors are merged: what takes one side's part decides nothing.
    Optional<Optional<String>> decideBetweenBases(Clash clash) {
        return switch (this) {
            case WHOLE, OURS, THEIRS -> Optional.empty();
            case FIELDS, DELETE_WINS, UPDATE_WINS, FIELDS_ELSE_OURS -> fields(clash);
        };
    }

    private static Optional<Optional<String>> fields(Clash clash) {
        Optional<String> merged = Fields.merge(clash.base(), clash.ours(), clash.theirs());
        return merged.isPresent() ? Optional.of(merged) : Optional.empty();
    }
}
