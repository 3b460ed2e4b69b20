package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a chunk of a tree or a blob is and leads to.
///
/// @param kind what it is
/// @param level 0 for leaves and data, else the height above them
/// @param holds rows below it, or bytes of a value
/// @param links the chunks that it refers to by itself, in order; not the roots that a catalog or a ref has as values
public record ChunkContent(Kind kind, int level, long holds, List<Hash> links) {
    /// Kinds of chunks.
    public enum Kind {
        /// A node of a tree.
        NODE,
        /// A part of a long value.
        BLOB_DATA,
        /// The parts of a long value.
        BLOB_INDEX
    }

    public ChunkContent {
        links = List.copyOf(links);
    }

    /// Reads a chunk; nothing when it is neither of a tree nor of a blob.
    ///
    /// @throws CorruptException when it is damaged
    public static Optional<ChunkContent> of(Hash hash, byte[] chunk) {
        return switch (chunk[0]) {
            case NodeLayout.TAG -> Optional.of(ofNode(NodeReader.read(TreeFormat.V2, chunk, hash)));
            case BlobNode.DATA_TAG, BlobNode.INDEX_TAG -> Optional.of(ofBlob(BlobNode.decode(chunk, hash)));
            default -> Optional.empty();
        };
    }

    private static ChunkContent ofNode(Node node) {
        List<Hash> links = new ArrayList<>();
        for (int entry = 0; entry < node.count(); entry++) {
            if (!node.isLeaf()) {
                links.add(node.childHash(entry));
            } else if (!Cell.isInline(node.bytes(), node.cellStart(entry))) {
                links.add(Cell.blob(node.bytes(), node.cellStart(entry)).root());
            }
        }
        return new ChunkContent(Kind.NODE, node.level(), node.rows(), links);
    }

    private static ChunkContent ofBlob(BlobNode node) {
        List<Hash> links = new ArrayList<>();
        for (int child = 0; child < node.count(); child++) {
            links.add(node.child(child));
        }
        return new ChunkContent(
                node.level() == 0 ? Kind.BLOB_DATA : Kind.BLOB_INDEX, node.level(), node.length(), links);
    }
}
