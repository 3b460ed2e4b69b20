package coppice.structure.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coppice.api.structure.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What was derived from secrets since a database was opened, in memory only, so that each is derived once. For
/// all threads.
public final class Vault {
    /// So many are kept, the ones used last.
    private static final int KEPT_MAX = 256;

    private static final String MAC = "HmacSHA256";

    /// What stands for a secret under a derivation, and tells nothing of it to who does not have the key for this.
    private final SecretKeySpec marking;

    private final Consumer<byte[]> random;
    private final Map<ByteBuffer, Derived> derived = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Derived> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /// @param random fills bytes with random ones that nobody can foretell
    public Vault(Consumer<byte[]> random) {
        this.random = random;
        byte[] key = new byte[AesGcm.KEY_BYTES];
        random.accept(key);
        this.marking = new SecretKeySpec(key, MAC);
    }

    /// Fills bytes with random ones.
    Consumer<byte[]> random() {
        return random;
    }

    /// A key that was derived from a secret, to encrypt keys with.
    record Derived(Derivation how, AesGcm cipher) {}

    /// What is derived from a secret in a way. Costs time and memory when it was not done before.
    Derived derive(Secret secret, Derivation how) {
        ByteBuffer mark = mark(secret, how.encode());
        synchronized (derived) {
            Derived known = derived.get(mark);
            if (known != null) {
                return known;
            }
        }
        byte[] key = how.derive(secret);
        Derived made = new Derived(how, new AesGcm(key));
        Arrays.fill(key, (byte) 0);
        synchronized (derived) {
            derived.put(mark, made);
        }
        return made;
    }

    /// What is derived from a secret in a new way.
    Derived derive(Secret secret) {
        return derive(secret, Derivation.anew(secret.kind(), random));
    }

    private ByteBuffer mark(Secret secret, byte[] how) {
        byte[] bytes = secret.bytes();
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(marking);
            mac.update(secret.kind().name().getBytes(US_ASCII));
            mac.update(how);
            return ByteBuffer.wrap(mac.doFinal(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + MAC, impossible);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Forgets everything. The database is closed by then.
    public void close() {
        synchronized (derived) {
            derived.clear();
        }
    }
}
