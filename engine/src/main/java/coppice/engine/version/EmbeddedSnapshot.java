package coppice.engine.version;

import coppice.api.Commit;
import coppice.api.Export;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Query;
import coppice.api.schema.Schema;
import coppice.api.schema.SchemaView;
import coppice.engine.query.Rows;
import coppice.engine.query.SpaceQuery;
import coppice.engine.reading.Access;
import coppice.engine.reading.GuardedCursor;
import coppice.engine.reading.LineExport;
import coppice.engine.reading.Reading;
import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import coppice.engine.storage.Gate;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Failures;
import coppice.engine.typing.BranchTypes;
import coppice.engine.typing.TypesView;
import coppice.engine.views.EmbeddedProjection;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// One state, to read.
public final class EmbeddedSnapshot implements Snapshot {
    private final BranchState state;
    private final Access access;
    private final Versions versions;
    private final Gate gate;

    public EmbeddedSnapshot(BranchState state, Access access, Versions versions) {
        this.state = state;
        this.access = access;
        access.roots().hold(this, state.roots());
        this.versions = versions;
        this.gate = access.gate();
    }

    @Override
    public SpaceView space(String name) {
        gate.ensureOpen();
        return new SnapshotSpace(Checks.spaceName(name));
    }

    @Override
    public Query query(String space) {
        gate.ensureOpen();
        String name = Checks.spaceName(space);
        return SpaceQuery.of(
                name,
                _ -> Failures.guarded(() -> Rows.heldBy(this, state.space(name), gate)
                        .with(versions.views().indexes(name, state))));
    }

    @Override
    public List<String> spaces() {
        gate.ensureOpen();
        return Failures.guarded(() -> List.copyOf(state.names()));
    }

    @Override
    public SchemaView schema() {
        gate.ensureOpen();
        return Failures.guarded(() -> new TypesView(BranchTypes.read(state.space(Schema.SPACE))));
    }

    @Override
    public ProjectionView projection(String name) {
        gate.ensureOpen();
        return Failures.guarded(
                () -> EmbeddedProjection.of(name, versions.views(), this::state, access, Optional.empty()));
    }

    private BranchState state() {
        return state;
    }

    @Override
    public long exportLines(OutputStream out, Export how) throws IOException {
        gate.ensureOpen();
        return LineExport.write(this, how, out);
    }

    @Override
    public Commit commit() {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.describe(state.commit()));
    }

    private final class SnapshotSpace extends Reading {
        SnapshotSpace(String name) {
            super(name, EmbeddedSnapshot.this.access);
        }

        @Override
        protected SpaceState state() {
            return state.space(name());
        }

        @Override
        protected GuardedCursor cursor(SpaceState state, Range range) {
            return GuardedCursor.heldBy(EmbeddedSnapshot.this, state, range, gate);
        }
    }
}
