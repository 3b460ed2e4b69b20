package coppice.structure.sketch;

import coppice.api.Space;
import coppice.api.SpaceView;

/// Which values were added: the bits of a Bloom filter, in blocks that are a row each. All bits of a value are in
/// one block, so it costs one row to add one, and one to look for it.
final class Membership {
    static final int BLOCK_BYTES = 512;
    static final int BLOCK_BITS = BLOCK_BYTES * Byte.SIZE;

    private final Shape shape;
    private final Pieces<byte[]> pieces;

    Membership(Shape shape, SpaceView rows) {
        this.shape = shape;
        this.pieces = new Pieces<>(rows, Part.BITS, shape.tag(), new Pieces.Bytes(BLOCK_BYTES));
    }

    private int block(Fingerprint value) {
        return value.hash(Hashes.BLOCK, shape.blocks());
    }

    private static boolean isSet(byte[] block, int bit) {
        return (block[bit / Byte.SIZE] & (1 << (bit % Byte.SIZE))) != 0;
    }

    void add(Fingerprint value) {
        int number = block(value);
        byte[] block = pieces.at(number);
        for (int i = 0; i < shape.hashes(); i++) {
            int bit = value.hash(Hashes.BITS + i, BLOCK_BITS);
            if (!isSet(block, bit)) {
                block[bit / Byte.SIZE] |= (byte) (1 << (bit % Byte.SIZE));
                pieces.changed(number);
            }
        }
    }

    boolean mightContain(Fingerprint value) {
        byte[] block = pieces.at(block(value));
        for (int i = 0; i < shape.hashes(); i++) {
            if (!isSet(block, value.hash(Hashes.BITS + i, BLOCK_BITS))) {
                return false;
            }
        }
        return true;
    }

    void write(Space into) {
        pieces.write(into, 0);
    }

    /// What both sides saw.
    static byte[] merge(byte[] one, byte[] other) {
        byte[] all = one.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] |= other[i];
        }
        return all;
    }
}
