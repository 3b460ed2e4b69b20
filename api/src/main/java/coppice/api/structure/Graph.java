package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.function.Consumer;

/// Nodes and the edges between them: a graph that branches, merges and travels in time with its branch. An edge is
/// a row of the space of its name, with its weight and its data in JSON, so types, projections and queries hold
/// for them, and merges go by field. It is kept a second time by where it ends.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
///
/// Data that cannot be stored, such as `NaN` or half a surrogate pair, is refused with
/// [coppice.api.DatabaseException.Incorrect], as is what does not fit the types of the branch, or a node or label
/// that cannot be one; nothing is written then.
@AsyncTwin
public interface Graph<V> extends GraphView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncGraph<V> async() {
        return new AsyncGraph<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// Makes an edge of weight 1 and without data; one that is there gets these.
    void link(String from, String label, String to);

    /// Makes an edge, or gives one that is there another weight and other data.
    void link(Edge<V> edge);

    /// Makes edges, as [#link(Edge)], as one step.
    void linkAll(Collection<Edge<V>> edges);

    /// Removes an edge.
    ///
    /// @return whether it was there
    boolean unlink(String from, String label, String to);

    /// Removes all edges from and to a node, as one step.
    ///
    /// @return how many
    long unlinkAll(String node);

    /// Removes everything, as one step. Costs O(n) and the memory of the keys.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none. What the body does
    /// with the graph that it is given it sees at once, others see it at the end.
    ///
    /// @param body must do nothing but work on the graph, as it may be called again
    void batched(Consumer<Graph<V>> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. Costs the memory of all of it.
    ///
    /// @return how many edges were put
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none or does not fit the type of
    ///     the data, which it names
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows what happens to the graph from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<GraphChange<V>> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super GraphChange<V>> callback);
}
