package coppice.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointerTest {
    private static final Json DOCUMENT =
            JsonReader.parse("{\"a/b\":{\"m~n\":[1,[2,3]]},\"\":4,\"0\":5}".getBytes(UTF_8));

    private static String at(String pointer) {
        return Pointer.find(DOCUMENT, pointer).map(Json::text).orElse("nothing");
    }

    @Test
    void aPointerLeadsBackToWhereItWasMade() {
        String inner = Pointer.item(Pointer.item(Pointer.member(Pointer.member("", "a/b"), "m~n"), 1), 0);
        assertThat(inner).isEqualTo("/a~1b/m~0n/1/0");
        assertThat(at(inner)).isEqualTo("2");
        assertThat(at("")).isEqualTo(DOCUMENT.text());
        assertThat(at(Pointer.member("", ""))).isEqualTo("4");
        assertThat(at("/0")).isEqualTo("5");
    }

    @Test
    void whereNothingIsNothingIsFound() {
        for (String pointer : new String[] {"/x", "/a~1b/m~0n/2", "/a~1b/m~0n/01", "/a~1b/m~0n/-", "/0/0"}) {
            assertThat(at(pointer)).as(pointer).isEqualTo("nothing");
        }
    }
}
