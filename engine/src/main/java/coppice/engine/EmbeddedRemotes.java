package coppice.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Fetch;
import coppice.api.FetchOutcome;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Operation;
import coppice.api.PullOutcome;
import coppice.api.Push;
import coppice.api.PushOutcome;
import coppice.api.Remote;
import coppice.api.Remotes;
import coppice.api.Traffic;
import coppice.engine.exchange.Depot;
import coppice.engine.exchange.Fetching;
import coppice.engine.exchange.Peer;
import coppice.engine.exchange.Pushing;
import coppice.engine.exchange.RemoteNames;
import coppice.engine.exchange.Shallow;
import coppice.engine.flight.RecordedTransfer;
import coppice.engine.live.RefNames;
import coppice.engine.log.Note;
import coppice.engine.merge.Merging;
import coppice.engine.meter.Meter;
import coppice.engine.terms.Failures;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.history.Refs;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// The API's face of other databases. Their locations are in the `Settings`.
final class EmbeddedRemotes implements Remotes {
    private final Depot depot;
    private final Shallow shallow;
    private final Merging merging;

    EmbeddedRemotes(Depot depot, Shallow shallow, Merging merging) {
        this.depot = depot;
        this.shallow = shallow;
        this.merging = merging;
    }

    @Override
    public Remote add(String name, String location) {
        depot.gate().ensureOpen();
        return Failures.guarded(() -> {
            RemoteNames.check(name);
            if (depot.settings().find(RemoteNames.AREA, name).isPresent()) {
                throw taken(name);
            }
            depot.settings().put(RemoteNames.AREA, name, location.getBytes(UTF_8));
            return new Remote(name, location);
        });
    }

    private static DatabaseException taken(String name) {
        return new DatabaseException.Incorrect(
                        ErrorCode.REMOTE_EXISTS,
                        "There is a remote '" + name + "' already: remove it, or take another name")
                .with("remote", name);
    }

    @Override
    public List<Remote> list() {
        depot.gate().ensureOpen();
        return Failures.guarded(() -> depot.settings().all(RemoteNames.AREA).entrySet().stream()
                .map(entry -> new Remote(entry.getKey(), new String(entry.getValue(), UTF_8)))
                .toList());
    }

    @Override
    public Remote remote(String name) {
        depot.gate().ensureOpen();
        return Failures.guarded(() -> depot.settings()
                .find(RemoteNames.AREA, name)
                .map(location -> new Remote(name, new String(location, UTF_8)))
                .orElseThrow(() -> new DatabaseException.NotFound(
                                ErrorCode.UNKNOWN_REMOTE,
                                "There is no remote '" + name + "': add it, or see remotes().list()")
                        .with("remote", name)));
    }

    @Override
    public void remove(String name) {
        remote(name);
        Failures.guarded(() -> {
            tracked(name)
                    .forEach(ref ->
                            depot.branches().remove(ref.name(), depot.storage().note("remote", "removed"), _ -> {}));
            depot.settings().remove(RemoteNames.AREA, name);
            return true;
        });
    }

    private List<Refs.Ref> tracked(String name) {
        return depot.branches().list(RefNames.REMOTES + name + "/");
    }

    @Override
    public Remote rename(String from, String to) {
        String location = remote(from).location();
        return Failures.guarded(() -> {
            RemoteNames.check(to);
            if (depot.settings().find(RemoteNames.AREA, to).isPresent()) {
                throw taken(to);
            }
            Note note = depot.storage().note("remote", "renamed from " + from);
            for (Refs.Ref ref : tracked(from)) {
                String name = RefNames.REMOTES + to + ref.name().substring(RefNames.REMOTES.length() + from.length());
                RefValue value = RefValue.pointer(ref.value().commit(), 0, note.millis());
                depot.branches().place(name, value, note, _ -> {});
            }
            depot.settings().put(RemoteNames.AREA, to, location.getBytes(UTF_8));
            tracked(from).forEach(ref -> depot.branches().remove(ref.name(), note, _ -> {}));
            depot.settings().remove(RemoteNames.AREA, from);
            return new Remote(to, location);
        });
    }

    @Override
    public FetchOutcome fetch(String remote, Fetch options) {
        return meter(Operation.FETCH).time(() -> {
            RecordedTransfer event = new RecordedTransfer();
            FetchOutcome outcome = with(remote, peer -> new Fetching(depot, shallow, remote, peer, options).run());
            event.done("fetch", remote, outcome.traffic());
            return outcome;
        });
    }

    @Override
    public PushOutcome push(String remote, Push push) {
        return meter(Operation.PUSH).time(() -> {
            RecordedTransfer event = new RecordedTransfer();
            PushOutcome outcome = with(remote, peer -> new Pushing(depot, remote, peer, push).run());
            event.done("push", remote, outcome instanceof PushOutcome.Pushed pushed ? pushed.traffic() : Traffic.NONE);
            return outcome;
        });
    }

    @Override
    public PullOutcome pull(String remote, String branch, Merge merge, Consumer<Traffic> progress) {
        FetchOutcome fetched = fetch(remote, Fetch.branches(branch).telling(progress));
        return Failures.guarded(() -> {
            String tracking = Fetching.tracking(remote, RefNames.head(branch));
            Hash theirs = depot.branches().ref(tracking).orElseThrow().commit();
            MergeOutcome merged = merging.begin(
                    remote + "/" + branch, theirs, depot.branches().require(merge.into()), merge);
            return new PullOutcome(fetched, merged);
        });
    }

    private Meter meter(Operation operation) {
        return depot.storage().meters().of(operation);
    }

    private <T> T with(String remote, Function<Peer, T> work) {
        String location = remote(remote).location();
        try (Peer peer = Neighbours.connect(location)) {
            return work.apply(peer);
        } catch (RuntimeException failure) {
            throw depot.gate().explain(failure);
        }
    }
}
