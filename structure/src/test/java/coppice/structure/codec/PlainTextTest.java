package coppice.structure.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.api.structure.TypeRef;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PlainTextTest {
    private static final Codec.Place PLACE = new Codec.Place("shop", "key 'k'");
    private static final JsonMapper JACKSON = new JsonMapper();

    private final Codec<String> codec = Codec.of(TypeRef.of(String.class));

    private void assertStored(String text) {
        byte[] stored = codec.encode(text, PLACE);
        assertThat(stored).isEqualTo(JACKSON.writeValueAsBytes(text));
        assertThat(codec.decode(stored, PLACE)).isEqualTo(text);
        byte[] plain = PlainText.encode(text);
        assertThat(plain == null || new String(plain, UTF_8).equals("\"" + text + "\""))
                .isTrue();
        assertThat(PlainText.decode(stored)).isEqualTo(plain == null ? null : text);
    }

    @Test
    void eachCharacterIsStoredAsAnywhere() {
        for (char c = 0; c < 0x300; c++) {
            assertStored("" + c);
            assertStored("before" + c + "behind");
        }
        for (String text : List.of("", "\"", "\"\"", "\\", "\ud83d\ude00", "\u2028")) {
            assertStored(text);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void textsAreStoredAsAnywhere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            int most = random.nextInt(4) == 0 ? 0x250 : 0x7f;
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(100), ' ', most).forEach(text::appendCodePoint);
            assertStored(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "\"a", "a\"", "a", "\"a\"b\"", "\"a\\\"", "\"a\nb\"", "\"a\" \"", "1", "\"a\"b"})
    void whatIsNoTextIsRefused(String stored) {
        assertThatThrownBy(() -> codec.decode(stored.getBytes(UTF_8), PLACE))
                .isInstanceOf(DatabaseException.Incorrect.class);
    }

    @Test
    void formsThatOthersWroteAreRead() {
        assertThat(codec.decode(" \"a\" ".getBytes(UTF_8), PLACE)).isEqualTo("a");
        assertThat(codec.decode("\"\\u0061\"".getBytes(UTF_8), PLACE)).isEqualTo("a");
        assertThat(codec.decode("null".getBytes(UTF_8), PLACE)).isNull();
    }
}
