package coppice.structure.set;

import coppice.structure.codec.Digests;
import coppice.structure.codec.StoredForms;
import java.util.Arrays;

/// The keys of the elements of sets: the canonical form of their values in JSON. A form that is too long for a key
/// has its beginning there, and the SHA-256 of all of it.
final class Elements {
    private static final int WHOLE_MAX = 1_000;
    private static final int BEGINNING = 900;

    private Elements() {}

    static byte[] key(byte[] stored) {
        byte[] form = StoredForms.canonical(stored);
        if (form.length <= WHOLE_MAX) {
            return form;
        }
        byte[] hash = Digests.sha256().digest(form);
        byte[] key = Arrays.copyOf(form, BEGINNING + 1 + hash.length);
        key[BEGINNING] = 0; // no JSON has it, so no other form is this key
        System.arraycopy(hash, 0, key, BEGINNING + 1, hash.length);
        return key;
    }
}
