/// Bytes without I/O: hashes, checksums, integers at fixed places, growable writers and bounds-checked readers.
///
/// Read [coppice.kernel.bytes.Hash] first: content is named by it everywhere. All integers in files are
/// little-endian unless a format page says otherwise; keys compare as unsigned bytes.
@NullMarked
package coppice.kernel.bytes;

import org.jspecify.annotations.NullMarked;
