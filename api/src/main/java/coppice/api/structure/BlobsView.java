package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/// Blobs by name, to read. Names are text of 1 to 1,000 bytes of UTF-8.
public interface BlobsView {
    /// Its name.
    @Immediate
    String name();

    /// What is known of a blob, if it is there. Costs O(log n).
    Optional<BlobInfo> find(String blob);

    /// Whether a blob is there.
    default boolean contains(String blob) {
        return find(blob).isPresent();
    }

    /// How many blobs there are. Costs O(log n), and what was written lately once for each state.
    long count();

    /// What is known of some, in the order of their names, as of one moment, read lazily. Close the stream when it
    /// is not read to its end.
    Stream<BlobInfo> list(Keys which);

    /// What is known of all; see [#list(Keys)].
    default Stream<BlobInfo> list() {
        return list(Keys.all());
    }

    /// All the content of a blob, if it is there.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it is too long for an array: open it instead
    Optional<byte[]> get(String blob);

    /// Opens the content of a blob, as it is now, whatever becomes of the blob while it is read. Costs the memory
    /// of one part, 1 MiB at most. The stream is for one thread; close it when done.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is no such blob
    default InputStream open(String blob) {
        return open(blob, 0, Long.MAX_VALUE);
    }

    /// Opens a range of the content of a blob; see [#open(String)]. Costs O(log n) and what is read.
    ///
    /// @param offset where to begin, in bytes; nothing is read behind the end
    /// @param length how much to read at most, in bytes
    /// @throws IllegalArgumentException when one of them is negative
    /// @throws coppice.api.DatabaseException.NotFound when there is no such blob
    InputStream open(String blob, long offset, long length);

    /// Reads all of a blob and compares it with its size and its SHA-256.
    ///
    /// @return whether it is as it was put
    /// @throws coppice.api.DatabaseException.NotFound when there is no such blob
    boolean verify(String blob);

    /// Writes all blobs as text, as of one moment. Each is an item with `blob`, its name, `size`, `sha256`, `put`,
    /// and where something was said `type` and `fields`, followed by items with `bytes`: its content in base64, at
    /// most 192 KiB in each. The stream is flushed and stays open. Costs a read of all, and the memory of one
    /// part.
    ///
    /// @return how many blobs
    /// @throws IOException when the stream fails, or a content is not as it was put
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
