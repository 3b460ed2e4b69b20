package coppice.testing.contract.model;

import static coppice.testing.contract.model.State.latin;

import coppice.api.Conflict;
import coppice.api.Resolver;
import java.util.Optional;

/// A row that both sides of a merge changed differently.
record Clash(Row row, Optional<String> base, Optional<String> ours, Optional<String> theirs) {
    /// The same as the API tells it.
    static Clash of(Conflict conflict) {
        return new Clash(
                new Row(conflict.space(), latin(conflict.key())),
                conflict.base().map(State::latin),
                conflict.ours().map(State::latin),
                conflict.theirs().map(State::latin));
    }

    /// Says what becomes of a row.
    interface Decider {
        /// Nothing where it says nothing; else the value, which may be none.
        Optional<Optional<String>> decide(Clash clash);

        /// The same for the API.
        default Resolver resolver() {
            return conflict -> decide(Clash.of(conflict))
                    .<Resolver.Resolution>map(value -> new Resolver.Take(value.map(State::latin)))
                    .orElse(new Resolver.Unresolved());
        }
    }
}
