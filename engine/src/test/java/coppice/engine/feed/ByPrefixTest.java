package coppice.engine.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ByPrefixTest {
    private final ByPrefix<Integer> things = new ByPrefix<>();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Set<Integer> found(String key) {
        Set<Integer> found = new TreeSet<>();
        things.find(bytes(key), found::add);
        return found;
    }

    @Test
    void aKeyHasWhatIsUnderAllThatItBeginsWith() {
        things.add(bytes(""), 0);
        things.add(bytes("user:"), 1);
        things.add(bytes("user:7"), 2);
        things.add(bytes("user:7"), 3);
        things.add(bytes("order:"), 4);
        assertThat(found("user:77")).containsExactly(0, 1, 2, 3);
        assertThat(found("use")).containsExactly(0);
        assertThat(things.has(bytes("user:7"), thing -> thing == 3)).isTrue();
        assertThat(things.has(bytes("user:8"), thing -> thing == 3)).isFalse();
        things.remove(bytes("user:7"), 3);
        things.remove(bytes("user:7"), 4);
        assertThat(found("user:7")).containsExactly(0, 1, 2);
        assertThat(things.isEmpty()).isFalse();
        for (int thing = 0; thing < 3; thing++) {
            things.remove(bytes(List.of("", "user:", "user:7").get(thing)), thing);
        }
        things.remove(bytes("order:"), 4);
        assertThat(things.isEmpty()).isTrue();
        assertThat(things.has(bytes("order:1"), _ -> true)).isFalse();
    }

    /// Many come and go, so that the filter begins anew more than once, with more and with fewer.
    @Test
    void findsWhatALookAtAllFindsWhoeverComesAndGoes() {
        Random random = new Random(1);
        Map<Integer, String> model = new HashMap<>();
        for (int step = 0; step < 60_000; step++) {
            boolean isGrowing = step / 15_000 % 2 == 0;
            int thing = random.nextInt(4_000);
            String old = model.remove(thing);
            if (old != null) {
                things.remove(bytes(old), thing);
            }
            if (random.nextInt(10) < (isGrowing ? 9 : 1)) {
                String prefix = prefix(random);
                model.put(thing, prefix);
                things.add(bytes(prefix), thing);
            }
            if (step % 100 == 0) {
                String key = prefix(random) + "!";
                Set<Integer> wanted = new LinkedHashSet<>();
                model.forEach((each, prefix) -> {
                    if (key.startsWith(prefix)) {
                        wanted.add(each);
                    }
                });
                assertThat(found(key)).containsExactlyInAnyOrderElementsOf(wanted);
                assertThat(things.has(bytes(key), _ -> true)).isEqualTo(!wanted.isEmpty());
            }
        }
        List<Integer> left = new ArrayList<>(model.keySet());
        left.forEach(thing ->
                assertThat(things.has(bytes(model.get(thing)), thing::equals)).isTrue());
        left.forEach(thing -> things.remove(bytes(model.get(thing)), thing));
        assertThat(things.isEmpty()).isTrue();
    }

    private static String prefix(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "task:" + random.nextInt(3_000);
            case 1 -> "user:" + random.nextInt(30) + "/" + random.nextInt(100);
            default -> "\u00e9".repeat(random.nextInt(4));
        };
    }
}
