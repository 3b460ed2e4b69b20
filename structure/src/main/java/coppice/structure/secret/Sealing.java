package coppice.structure.secret;

import coppice.api.Space;

/// Turns values into what is stored of them, and back.
public interface Sealing extends Opening {
    /// Stores values as they are.
    Sealing NONE = new Sealing() {
        @Override
        public void put(Space rows, byte[] key, byte[] value) {
            rows.put(key, value);
        }

        @Override
        public boolean isNewest(byte[] stored) {
            return true;
        }

        @Override
        public byte[] open(byte[] key, byte[] stored) {
            return stored;
        }
    };

    /// Puts the value of an entry. An encrypted one that is there already stays: the same would be another text.
    void put(Space rows, byte[] key, byte[] value);

    /// Whether something is stored as it would be now, and not with an older key.
    boolean isNewest(byte[] stored);
}
