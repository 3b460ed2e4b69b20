package coppice.structure.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coppice.api.structure.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// How a secret becomes a key that other keys are encrypted with: what is stored of it.
sealed interface Derivation {
    /// How long a salt is, as RFC 9106 has it.
    int SALT_BYTES = 16;

    /// The key.
    byte[] derive(Secret secret);

    /// What is stored.
    byte[] encode();

    /// A new one for a secret, with parameters as is usual by now.
    ///
    /// @param random fills bytes with random ones
    static Derivation anew(Secret.Kind kind, Consumer<byte[]> random) {
        byte[] salt = new byte[SALT_BYTES];
        random.accept(salt);
        return switch (kind) {
            case PASSPHRASE -> Argon2id.usual(salt);
            case KEY -> new Hkdf(salt);
        };
    }

    /// Reads what is stored, and what follows stays.
    ///
    /// @return nothing when it is none
    static Optional<Derivation> decode(ByteBuffer in) {
        return switch (in.get()) {
            case Argon2id.CODE -> Argon2id.read(in);
            case Hkdf.CODE -> Optional.of(new Hkdf(salt(in)));
            default -> Optional.empty();
        };
    }

    private static byte[] salt(ByteBuffer in) {
        byte[] salt = new byte[SALT_BYTES];
        in.get(salt);
        return salt;
    }

    /// Argon2id of version 1.3 (RFC 9106), for passphrases: takes memory and time, so that guessing does.
    ///
    /// @param memory in KiB
    /// @param passes how often it is gone through
    /// @param lanes what could be done at once
    record Argon2id(int memory, int passes, int lanes, byte[] salt) implements Derivation {
        static final byte CODE = 1;

        // More than anybody takes: what asks for more was not written here, and would take the machine down.
        private static final int MEMORY_MAX = 4 << 20;
        private static final int PASSES_MAX = 1_000;
        private static final int LANES_MAX = 64;

        /// The second choice of RFC 9106, section 4. OWASP asks for 19 MiB and two passes at least.
        static Argon2id usual(byte[] salt) {
            return new Argon2id(64 << 10, 3, 4, salt);
        }

        static Optional<Derivation> read(ByteBuffer in) {
            Argon2id read = new Argon2id(in.getInt(), in.getInt(), in.getInt(), Derivation.salt(in));
            return read.isWithin() ? Optional.of(read) : Optional.empty();
        }

        private boolean isWithin() {
            return lanes >= 1
                    && lanes <= LANES_MAX
                    && passes >= 1
                    && passes <= PASSES_MAX
                    && memory >= 8 * lanes
                    && memory <= MEMORY_MAX;
        }

        @Override
        public byte[] derive(Secret secret) {
            byte[] bytes = secret.bytes();
            byte[] key = new byte[AesGcm.KEY_BYTES];
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            generator.generateBytes(bytes, key);
            Arrays.fill(bytes, (byte) 0);
            return key;
        }

        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(1 + 3 * Integer.BYTES + SALT_BYTES)
                    .put(CODE)
                    .putInt(memory)
                    .putInt(passes)
                    .putInt(lanes)
                    .put(salt)
                    .array();
        }
    }

    /// HKDF with SHA-256 (RFC 5869), for keys, which nobody guesses: each salt makes another key of it.
    record Hkdf(byte[] salt) implements Derivation {
        static final byte CODE = 2;

        private static final byte[] USE = "coppice encrypted dict".getBytes(US_ASCII);

        @Override
        public byte[] derive(Secret secret) {
            byte[] bytes = secret.bytes();
            try {
                return KDF.getInstance("HKDF-SHA256")
                        .deriveData(HKDFParameterSpec.ofExtract()
                                .addIKM(bytes)
                                .addSalt(salt)
                                .thenExpand(USE, AesGcm.KEY_BYTES));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("Every Java of version 25 has HKDF", impossible);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }

        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(1 + SALT_BYTES).put(CODE).put(salt).array();
        }
    }
}
