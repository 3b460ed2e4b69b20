package coppice.testing.contract.model;

import coppice.api.Resolver;
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

    /// The same for the API.
    Resolver resolver() {
        return conflict -> decide(Clash.of(conflict))
                .<Resolver.Resolution>map(value -> new Resolver.Take(value.map(State::latin)))
                .orElse(new Resolver.Unresolved());
    }
}
