package coppice.engine.reading;

import coppice.api.Range;
import coppice.api.query.Query;
import coppice.engine.query.SpaceQuery;
import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import coppice.engine.storage.Gate;
import coppice.engine.terms.Checks;
import coppice.structure.ground.Filter;
import coppice.structure.ground.Following;
import coppice.structure.ground.ReadGround;
import coppice.structure.secret.Vault;
import java.time.Instant;
import java.util.function.Supplier;

/// A state that is kept from collection as long as anything refers to this, to read and to stand structures on.
public final class HeldState implements ReadGround {
    private final BranchState state;
    private final Access access;
    private final Supplier<Instant> now;
    private final Asking asking;

    /// Makes questions for the rows of states.
    public interface Asking {
        /// A question for the rows of a space.
        Query query(HeldState held, String space);
    }

    /// @param now the moment by which lifetimes are judged
    public HeldState(BranchState state, Access access, Supplier<Instant> now, Asking asking) {
        this.asking = asking;
        this.state = state;
        this.access = access;
        this.now = now;
        access.roots().hold(this, state.roots());
    }

    /// The state.
    public BranchState state() {
        return state;
    }

    @Override
    public Reading space(String name) {
        access.gate().ensureOpen();
        return new HeldSpace(Checks.spaceName(name));
    }

    @Override
    public <T> T following(String space, Following<T> how) {
        return space(space).following(how);
    }

    @Override
    public Query query(String space) {
        return asking.query(this, Checks.spaceName(space));
    }

    @Override
    public Filter filter(Query query) {
        return SpaceQuery.filter(query);
    }

    /// Whether the database is open.
    public Gate gate() {
        return access.gate();
    }

    @Override
    public ReadGround still() {
        return this;
    }

    @Override
    public Instant now() {
        return now.get();
    }

    @Override
    public Vault vault() {
        return access.vault();
    }

    private final class HeldSpace extends Reading {
        HeldSpace(String name) {
            super(name, HeldState.this.access);
        }

        @Override
        protected SpaceState state() {
            return state.space(name());
        }

        @Override
        protected GuardedCursor cursor(SpaceState space, Range range) {
            return GuardedCursor.heldBy(HeldState.this, space, range, gate);
        }
    }
}
