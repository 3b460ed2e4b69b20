package coppice.testing.contract.model;

import java.util.Optional;

/// How whoever merges decides rows that clash.
enum Decision implements Clash.Decider {
    NONE,
    OURS,
    THEIRS,
    DELETE,
    /// Theirs, of every second key.
    SOME;

    @Override
    public Optional<Optional<String>> decide(Clash clash) {
        String key = clash.row().key();
        return switch (this) {
            case NONE -> Optional.empty();
            case OURS -> Optional.of(clash.ours());
            case THEIRS -> Optional.of(clash.theirs());
            case DELETE -> Optional.of(Optional.empty());
            case SOME -> key.charAt(key.length() - 1) % 2 == 0 ? Optional.of(clash.theirs()) : Optional.empty();
        };
    }
}
