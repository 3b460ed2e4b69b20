package coppice.structure.set;

import coppice.structure.codec.StoredForms;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        byte[] hash = sha256(form);
        byte[] key = Arrays.copyOf(form, BEGINNING + 1 + hash.length);
        key[BEGINNING] = 0; // no JSON has it, so no other form is this key
        System.arraycopy(hash, 0, key, BEGINNING + 1, hash.length);
        return key;
    }

    private static byte[] sha256(byte[] form) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(form);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
