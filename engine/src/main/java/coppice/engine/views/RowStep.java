package coppice.engine.views;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.engine.projection.Derivation;
import coppice.kernel.bytes.Hash;
import coppice.projection.RowShape;

/// Makes rows of rows.
///
/// @param keyPattern the keys of the rows that count
record RowStep(Hash name, KeyPattern keyPattern, RowShape shape) implements Derivation {
    @Override
    public Range keys() {
        return keyPattern.range();
    }

    @Override
    public void derive(byte[] key, byte[] value, Sink out) {
        if (keyPattern.fits(key)) {
            shape.document(key, value).ifPresent(document -> out.entry(key, document));
        }
    }
}
