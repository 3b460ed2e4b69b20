package coppice.structure.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.structure.Secret;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class DerivationTest {
    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// Section 5.3 of RFC 9106, which uses inputs that we leave out.
    @Test
    void theLibraryDerivesAsTheStandardSays() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(filled(32, 1), tag);
        assertThat(hex(tag)).isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    /// From the tests of the authors' implementation.
    @Test
    void passphrasesDeriveAsWithTheReferenceImplementation() {
        Derivation argon = new Derivation.Argon2id(65_536, 2, 1, "somesalt".getBytes(US_ASCII));
        assertThat(hex(argon.derive(Secret.passphrase("password".toCharArray()))))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void keysDeriveAnotherKeyForEachSalt() {
        Secret key = Secret.key(filled(32, 1));
        byte[] first = new Derivation.Hkdf(filled(16, 2)).derive(key);
        assertThat(hex(first)).isEqualTo("dc43b4d74ee3a81792e8fef00744e314f518d46abeb8899d65c3aa59e78ee3ea");
        assertThat(new Derivation.Hkdf(filled(16, 3)).derive(key)).isNotEqualTo(first);
    }

    @Test
    void whatIsStoredIsReadAgainAndNothingThatTakesTheMachineDown() {
        for (Secret.Kind kind : Secret.Kind.values()) {
            Derivation how = Derivation.anew(kind, bytes -> Arrays.fill(bytes, (byte) 7));
            assertThat(Derivation.decode(ByteBuffer.wrap(how.encode())).map(Derivation::encode))
                    .map(Arrays::hashCode)
                    .contains(Arrays.hashCode(how.encode()));
        }
        byte[] salt = filled(16, 1);
        assertThat(decoded(new Derivation.Argon2id(Integer.MAX_VALUE, 3, 4, salt)))
                .isEmpty();
        assertThat(decoded(new Derivation.Argon2id(65_536, Integer.MAX_VALUE, 4, salt)))
                .isEmpty();
        assertThat(decoded(new Derivation.Argon2id(65_536, 0, 4, salt))).isEmpty();
        assertThat(decoded(new Derivation.Argon2id(65_536, 3, Integer.MAX_VALUE, salt)))
                .isEmpty();
        assertThat(decoded(new Derivation.Argon2id(31, 3, 4, salt))).isEmpty();
        assertThat(Derivation.decode(ByteBuffer.wrap(filled(17, 9)))).isEmpty();
    }

    private static Optional<Derivation> decoded(Derivation how) {
        return Derivation.decode(ByteBuffer.wrap(how.encode()));
    }
}
