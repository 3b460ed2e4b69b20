package coppice.structure.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.structure.Secret;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is stored is read by later versions as well.
class StoredFormTest {
    private static final String KEY_ROW =
            "8102050505050505050505050505050505050505050505050505050505058f2ae19a9c678ae50401101485593c78"
                    + "4c00cd5f0e425e42b245890aeee316afaf16979adbede92fc4337924f558cfb7260da3610e41ee7e";
    private static final String VALUE_ROW =
            "8100000000000000010000000000000002050505050505050505050505ed01946905277fb6394c5ad11dcb49a89ce0b5";
    private static final KeyId ID = new KeyId(1, 2);

    private static final Secret SECRET = Secret.key(new byte[Secret.KEY_BYTES]);
    private static final byte[] DATA_KEY = bytes(32, 9);

    private final Vault vault = new Vault(bytes -> Arrays.fill(bytes, (byte) 5));

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private Optional<byte[]> unwrapped(byte[] row, String dict) {
        return WrappedKey.of(dict, ID, row)
                .flatMap(wrapped -> wrapped.unwrap(vault.derive(SECRET, wrapped.how()), dict, ID));
    }

    @Test
    void keysAndValuesAreAsTheyWereInTheFirstVersion() {
        assertThat(unwrapped(HexFormat.of().parseHex(KEY_ROW), "dict")).contains(DATA_KEY);
        byte[] value = HexFormat.of().parseHex(VALUE_ROW);
        assertThat(DataKey.idOf(value)).contains(ID);
        assertThat(new DataKey(ID, DATA_KEY).decrypt("k".getBytes(UTF_8), value))
                .contains("\"v\"".getBytes(UTF_8));
    }

    @Test
    void whatIsWrittenIsReadUnderItsNameAlone() {
        byte[] row = WrappedKey.wrap(vault.random(), vault.derive(SECRET), "dict", ID, DATA_KEY)
                .row();
        assertThat(unwrapped(row, "dict")).contains(DATA_KEY);
        assertThat(unwrapped(row, "other")).isEmpty();
        assertThat(WrappedKey.of("dict", new KeyId(1, 3), row)).isEmpty();
        byte[] value = new DataKey(ID, DATA_KEY).encrypt(vault.random(), "k".getBytes(UTF_8), "\"v\"".getBytes(UTF_8));
        assertThat(new DataKey(ID, DATA_KEY).decrypt("l".getBytes(UTF_8), value))
                .isEmpty();
        assertThat(new DataKey(new KeyId(1, 3), DATA_KEY).decrypt("k".getBytes(UTF_8), value))
                .isEmpty();
    }

    @Test
    void laterKeysHaveGreaterIdsWhateverTheClockSays() {
        String stamp = "00000000000000ff" + "0000000000000001";
        assertThat(KeyId.after(KeyId.FIRST, stamp)).isEqualTo(new KeyId(255, 1));
        assertThat(KeyId.after(new KeyId(1_000, 7), stamp)).isEqualTo(new KeyId(1_001, 1));
        assertThat(KeyId.of(new KeyId(-1, -2).bytes(), 0)).isEqualTo(new KeyId(-1, -2));
    }

    @Test
    void aVaultDerivesOnceForEachSecretAndWay() {
        Derivation how = Derivation.anew(Secret.Kind.KEY, vault.random());
        Vault.Derived first = vault.derive(SECRET, how);
        assertThat(vault.derive(Secret.key(new byte[Secret.KEY_BYTES]), how)).isSameAs(first);
        assertThat(vault.derive(Secret.key(bytes(32, 1)), how)).isNotSameAs(first);
        vault.close();
        assertThat(vault.derive(SECRET, how)).isNotSameAs(first);
    }
}
