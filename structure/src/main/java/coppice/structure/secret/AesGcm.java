package coppice.structure.secret;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM (NIST SP 800-38D) with one key, and a random nonce for each text. For all threads: ciphers, which
/// are dear to make, wait here for whoever needs one next.
final class AesGcm {
    static final int KEY_BYTES = 32;

    /// How much longer an encrypted text is than what is in it.
    static final int OVERHEAD = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final Queue<Cipher> idle = new ConcurrentLinkedQueue<>();

    /// @param key 32 bytes, copied
    AesGcm(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// Encrypts a text.
    ///
    /// @param random fills bytes with random ones
    /// @param bound what it goes with, and is not in it
    /// @param before how many bytes to leave in front
    byte[] encrypt(Consumer<byte[]> random, byte[] bound, byte[] text, int before) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.accept(nonce);
        byte[] encrypted = new byte[before + OVERHEAD + text.length];
        System.arraycopy(nonce, 0, encrypted, before, NONCE_BYTES);
        Cipher cipher = take();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound);
            cipher.doFinal(text, 0, text.length, encrypted, before + NONCE_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw missing(impossible);
        }
        idle.add(cipher);
        return encrypted;
    }

    /// Decrypts a text.
    ///
    /// @param bound what it goes with
    /// @param encrypted what [#encrypt] made, from an offset on
    /// @return nothing when it is not what was encrypted with this key, or goes with something else
    Optional<byte[]> decrypt(byte[] bound, byte[] encrypted, int from) {
        if (encrypted.length < from + OVERHEAD) {
            return Optional.empty();
        }
        Cipher cipher = take();
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, encrypted, from, NONCE_BYTES));
            cipher.updateAAD(bound);
            byte[] text = cipher.doFinal(encrypted, from + NONCE_BYTES, encrypted.length - from - NONCE_BYTES);
            idle.add(cipher);
            return Optional.of(text);
        } catch (AEADBadTagException other) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw missing(impossible);
        }
    }

    private Cipher take() {
        Cipher waiting = idle.poll();
        try {
            return waiting == null ? Cipher.getInstance("AES/GCM/NoPadding") : waiting;
        } catch (GeneralSecurityException impossible) {
            throw missing(impossible);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException impossible) {
        return new IllegalStateException("Every Java has AES-256-GCM", impossible);
    }
}
