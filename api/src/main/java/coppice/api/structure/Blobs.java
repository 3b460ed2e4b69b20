package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// Bytes of any length by name, with what is said of them: blobs that branch, merge and travel in time with their
/// branch. Content is cut where it says so itself, and each piece is stored once, whatever the blobs, branches and
/// versions that have it. What is known of blobs is in the space of the name of this, in JSON, so queries and
/// projections hold for it.
///
/// A blob is there, or has its new content, when all of it is stored. What a failure leaves half stored is
/// removed, at latest a day after. When both sides of a merge put a blob of one name, that is a conflict of its
/// row.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a step of
/// its own, acknowledged as [coppice.api.Options#durability()] says. Got from a transaction, calls take effect
/// with it, and the limits of a transaction hold for their content.
@AsyncTwin
public interface Blobs extends BlobsView {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncBlobs async() {
        return new AsyncBlobs(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// Puts a blob, in place of one that there is.
    default BlobInfo put(String blob, byte[] content) {
        return put(blob, content, BlobOptions.none());
    }

    /// Puts a blob with what is said of it, in place of one that there is.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the name cannot be one
    BlobInfo put(String blob, byte[] content, BlobOptions options);

    /// Puts what a stream has, to its end, which stays open. Costs some 30 MiB of memory, however long it is.
    ///
    /// @throws IOException when the stream fails; nothing has changed then
    /// @throws coppice.api.DatabaseException.Incorrect when the name cannot be one
    /// @throws coppice.api.DatabaseException.Conflict when this was dropped or renamed meanwhile
    BlobInfo put(String blob, InputStream content, BlobOptions options) throws IOException;

    /// Says something else of a blob that is there.
    ///
    /// @return whether it is there
    boolean describe(String blob, BlobOptions options);

    /// Removes a blob.
    ///
    /// @return whether it was there
    boolean remove(String blob);

    /// Removes everything, as one step. Costs O(n) and the memory of the keys.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none.
    ///
    /// @param body must do nothing but work on the blobs, as it may be called again
    void batched(Consumer<Blobs> body);

    /// Reads what [#dump] writes, with all that is said of blobs, as one step: all of it or nothing. Each content
    /// is compared with its size and its SHA-256, so that what was cut off or changed in a content is refused. Of
    /// two blobs of one name the later one counts. Costs the memory of a few parts and of what is said of blobs,
    /// however long they are.
    ///
    /// @return how many blobs were put
    /// @throws IOException when the stream fails; nothing has changed then
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none, and where a content is not
    ///     what the item before it says
    /// @throws coppice.api.DatabaseException.Conflict when this was dropped or renamed meanwhile
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows which blobs are put and removed from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<BlobChange> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super BlobChange> callback);
}
