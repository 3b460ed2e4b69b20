package coppice.engine.version;

import coppice.api.Commit;
import coppice.api.Export;
import coppice.api.Snapshot;
import coppice.api.SpaceView;
import coppice.api.projection.ProjectionView;
import coppice.api.query.Query;
import coppice.api.schema.Schema;
import coppice.api.schema.SchemaView;
import coppice.api.structure.StructuresView;
import coppice.engine.reading.Access;
import coppice.engine.reading.HeldState;
import coppice.engine.reading.LineExport;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Gate;
import coppice.engine.terms.Failures;
import coppice.engine.typing.BranchTypes;
import coppice.engine.typing.TypesView;
import coppice.engine.views.EmbeddedProjection;
import coppice.engine.views.ReadStates;
import coppice.kernel.bytes.Hash;
import coppice.structure.SpaceStructuresView;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One state, to read.
public final class EmbeddedSnapshot implements Snapshot {
    private final HeldState held;
    private final Versions versions;
    private final Gate gate;

    private EmbeddedSnapshot(HeldState held, Gate gate, Versions versions) {
        this.held = held;
        this.versions = versions;
        this.gate = gate;
    }

    /// A working state. What has a lifetime is there if it is now.
    public static EmbeddedSnapshot now(BranchState state, Access access, Versions versions) {
        Instant now = access.now();
        return new EmbeddedSnapshot(
                new HeldState(state, access, () -> now, versions.views()::query), access.gate(), versions);
    }

    /// The state of a commit. What has a lifetime is there if it was when the commit was made.
    public static EmbeddedSnapshot of(Hash commit, Access access, Versions versions) {
        HeldState held = new HeldState(
                versions.state(commit),
                access,
                () -> Failures.guarded(() -> versions.describe(commit).time()),
                versions.views()::query);
        return new EmbeddedSnapshot(held, access.gate(), versions);
    }

    @Override
    public SpaceView space(String name) {
        return held.space(name);
    }

    @Override
    public StructuresView structures() {
        gate.ensureOpen();
        return new SpaceStructuresView(held);
    }

    @Override
    public Query query(String space) {
        gate.ensureOpen();
        return held.query(space);
    }

    @Override
    public List<String> spaces() {
        gate.ensureOpen();
        return Failures.guarded(() -> List.copyOf(state().names()));
    }

    @Override
    public SchemaView schema() {
        gate.ensureOpen();
        return Failures.guarded(() -> new TypesView(BranchTypes.read(state().space(Schema.SPACE))));
    }

    @Override
    public ProjectionView projection(String name) {
        gate.ensureOpen();
        return Failures.guarded(() ->
                EmbeddedProjection.of(name, versions.views(), ReadStates.ofHeld(this::state), gate, Optional.empty()));
    }

    private BranchState state() {
        return held.state();
    }

    @Override
    public long exportLines(OutputStream out, Export how) throws IOException {
        gate.ensureOpen();
        return LineExport.write(this, how, out);
    }

    @Override
    public Commit commit() {
        gate.ensureOpen();
        return Failures.guarded(() -> versions.describe(state().commit()));
    }
}
