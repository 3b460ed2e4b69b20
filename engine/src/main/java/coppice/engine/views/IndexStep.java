package coppice.engine.views;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.projection.Derivation;
import coppice.kernel.bytes.Hash;
import coppice.projection.IndexShape;

/// Makes the entries of an index.
///
/// @param keyPattern the keys of the rows that are in it
record IndexStep(Hash name, KeyPattern keyPattern, IndexShape shape) implements Derivation {
    @Override
    public Range keys() {
        return keyPattern.range();
    }

    @Override
    public void derive(byte[] key, byte[] value, Sink out) {
        if (keyPattern.fits(key)) {
            shape.entries(key, value, out::entry);
        }
    }
}
