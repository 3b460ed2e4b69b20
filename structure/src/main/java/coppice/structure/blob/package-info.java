/// Blobs over spaces. Read [BlobKeys] and [SpaceBlobs] first.
@NullMarked
package coppice.structure.blob;

import org.jspecify.annotations.NullMarked;
