package coppice.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.json.FieldMerge.Outcome;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldMergeTest {
    private static String merged(String base, String ours, String theirs, ArrayRule rule) {
        return switch (FieldMerge.merge(base.getBytes(UTF_8), ours.getBytes(UTF_8), theirs.getBytes(UTF_8), rule)) {
            case Outcome.Merged(byte[] text) -> new String(text, UTF_8);
            case Outcome.Conflicted(List<FieldConflict> fields) ->
                fields.stream().map(FieldMergeTest::shown).toList().toString();
            case Outcome.WithoutFields _ -> "no fields";
        };
    }

    private static String merged(String base, String ours, String theirs) {
        return merged(base, ours, theirs, ArrayRule.WHOLE);
    }

    private static String shown(FieldConflict field) {
        return field.pointer() + ": " + field.base().orElse("-") + " "
                + field.ours().orElse("-") + " " + field.theirs().orElse("-");
    }

    @Test
    void fieldsOfDifferentSidesCombine() {
        assertThat(merged("{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":1}", "{\"a\":1,\"b\":2}"))
                .isEqualTo("{\"a\":2,\"b\":2}");
        assertThat(merged("{\"n\":{\"x\":1}}", "{\"n\":{\"x\":1,\"y\":1}}", "{\"n\":{\"x\":2}}"))
                .isEqualTo("{\"n\":{\"x\":2,\"y\":1}}");
        assertThat(merged("{\"a\":1,\"b\":1}", "{\"b\":1}", "{\"a\":1,\"b\":1,\"c\":1}"))
                .isEqualTo("{\"b\":1,\"c\":1}");
        assertThat(merged("{\"a\":1}", "{\"a\":2}", "{\"a\":2}")).isEqualTo("{\"a\":2}");
        assertThat(merged("{\"a\":1,\"b\":1}", "{\"a\":1}", "{\"b\":1}")).isEqualTo("{}");
    }

    @Test
    void conflictsNameTheirPlacesAndWhatEachSideHas() {
        assertThat(merged("{\"a\":1}", "{\"a\":2}", "{\"a\":3}")).isEqualTo("[/a: 1 2 3]");
        assertThat(merged("{\"a\":1}", "{}", "{\"a\":3}")).isEqualTo("[/a: 1 - 3]");
        assertThat(merged("{}", "{\"a\":[1]}", "{\"a\":[2]}")).isEqualTo("[/a: - [1] [2]]");
        assertThat(merged(
                        "{\"n\":{\"x~/\":1,\"y\":1},\"z\":0}",
                        "{\"n\":{\"x~/\":2,\"y\":2},\"z\":0}",
                        "{\"n\":{\"x~/\":3,\"y\":1},\"z\":1}"))
                .isEqualTo("[/n/x~0~1: 1 2 3]");
        assertThat(merged("{\"a\":{}}", "{\"a\":1}", "{\"a\":{\"b\":1}}")).isEqualTo("[/a: {} 1 {\"b\":1}]");
        assertThat(merged("{\"a\":1,\"b\":[1]}", "{\"a\":2,\"b\":[]}", "{\"a\":3,\"b\":[2]}"))
                .isEqualTo("[/a: 1 2 3, /b: [1] [] [2]]");
    }

    @Test
    void whatIsNoDocumentHasNoFields() {
        assertThat(merged("1", "2", "3")).isEqualTo("no fields");
        assertThat(merged("{}", "{\"a\":1}", "plain")).isEqualTo("no fields");
        assertThat(merged("{}", "{\"a\":1,\"a\":2}", "{\"b\":1}")).isEqualTo("no fields");
        assertThat(merged("{}", "[]", "{\"b\":1}")).isEqualTo("no fields");
        assertThat(merged("", "{}", "{\"b\":1}")).isEqualTo("no fields");
        assertThat(merged("[1]", "[1,2]", "[1,3]")).isEqualTo("no fields");
        byte[] sixteen = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(FieldMerge.merge(sixteen, "{}".getBytes(UTF_8), "{\"b\":1}".getBytes(UTF_8), ArrayRule.WHOLE))
                .isEqualTo(new Outcome.WithoutFields());
        assertThat(merged("\ufeff{}", "{\"a\":1}", "{\"b\":1}")).isEqualTo("no fields");
    }

    @Test
    void theTextThatNobodyChangedStays() {
        String base = """
                {
                  "name" : "caf\\u00e9",
                  "n" : 1.00,
                  "list" : [1, 2]
                }
                """;
        String ours = """
                {"n":1.00,"name":"caf\\u00e9","list":[1,2, 3.10]}""";
        String theirs = """
                {"n":100000000000000000000.5,"name":"café","list":[1,2],"new":"\\u0041"}""";
        assertThat(merged(base, ours, theirs)).isEqualTo("""
                {
                  "name" : "café",
                  "n" : 100000000000000000000.5,
                  "list" : [1,2, 3.10],
                  "new":"\\u0041"
                }
                """);
    }

    @Test
    void additionsOfOneSideKeepTheirOrderAndThoseOfBothAreSorted() {
        assertThat(merged("{\"a\":1}", "{\"a\":1,\"z\":1,\"y\":1}", "{\"a\":2}"))
                .isEqualTo("{\"a\":2,\"z\":1,\"y\":1}");
        assertThat(merged("{\"a\":1}", "{\"a\":1,\"z\":1,\"c\":1}", "{\"x\":1,\"a\":1,\"z\":1}"))
                .isEqualTo("{\"a\":1,\"c\":1,\"x\":1,\"z\":1}");
        assertThat(merged("{}", "{\"a\":{\"x\":1}}", "{\"a\":{\"y\":1}}")).isEqualTo("{\"a\":{\"x\":1,\"y\":1}}");
    }

    @Test
    void arraysMergeAsSetsWhenARuleSaysSo() {
        assertThat(merged("{\"t\":[1,2,3]}", "{\"t\":[2,3,9]}", "{\"t\":[1,2,4]}", ArrayRule.SETS))
                .isEqualTo("{\"t\":[2,4,9]}");
        assertThat(merged("[\"a\"]", "[\"a\",\"b\"]", "[]", ArrayRule.SETS)).isEqualTo("[\"b\"]");
        assertThat(merged("{\"t\":[1,1]}", "{\"t\":[1]}", "{\"t\":[1,1,2]}", ArrayRule.SETS))
                .isEqualTo("[/t: [1,1] [1] [1,1,2]]");
    }

    @Test
    void itemsMergeByTheirIdWhenARuleSaysSo() {
        ArrayRule byId = ArrayRule.byMember("id");
        assertThat(merged(
                        "{\"l\":[{\"id\":1,\"a\":1},{\"id\":2}]}",
                        "{\"l\":[{\"id\":2},{\"id\":1,\"a\":2}]}",
                        "{\"l\":[{\"id\":1,\"a\":1,\"b\":1},{\"id\":3}]}",
                        byId))
                .isEqualTo("{\"l\":[{\"id\":1,\"a\":2,\"b\":1},{\"id\":3}]}");
        assertThat(merged("[{\"id\":1}]", "[{\"id\":1},{\"id\":2,\"a\":1}]", "[{\"id\":1},{\"id\":2,\"b\":1}]", byId))
                .isEqualTo("[/1: - {\"id\":2,\"a\":1} {\"id\":2,\"b\":1}]");
        assertThat(merged("{\"l\":[{\"id\":1}]}", "{\"l\":[{}]}", "{\"l\":[{\"id\":1},{\"id\":2}]}", byId))
                .isEqualTo("[/l: [{\"id\":1}] [{}] [{\"id\":1},{\"id\":2}]]");
    }

    private record Three(Json base, Json ours, Json theirs) {}

    private static Gen<Json> documents(int depth) {
        Gen<Json> plain =
                Gen.element(Json.of(1), new Json.Num("1.0"), Json.of("é\"\\"), Json.of(true), Json.Null.VALUE);
        if (depth == 0) {
            return plain;
        }
        Gen<Json> inner = choices -> documents(depth - 1).from(choices);
        Gen<Json> arrays = inner.list(0, 3).map(Json.Arr::new);
        return Gen.frequency(
                plain.weighing(2), arrays.weighing(1), objects(inner).weighing(4));
    }

    private static Gen<Json> objects(Gen<Json> inner) {
        return Gen.maps(Gen.element("a", "b", "c/", "d\"e"), inner, 4).map(Json.Obj::new);
    }

    private static Gen<Three> threes() {
        Gen<Json> objects = objects(documents(2));
        return choices -> new Three(objects.from(choices), objects.from(choices), objects.from(choices));
    }

    @Test
    void mergesLikeTheModelWhicheverSideIsOursAndHoweverItIsWritten() {
        Property.forAll(threes()).runs(400).check(three -> {
            byte[] base = loose(three.base());
            Outcome outcome = FieldMerge.merge(base, text(three.ours()), loose(three.theirs()), ArrayRule.WHOLE);
            Outcome mirrored = FieldMerge.merge(base, loose(three.theirs()), text(three.ours()), ArrayRule.WHOLE);
            Optional<Json> expected = model(three.base(), three.ours(), three.theirs());
            if (expected.isEmpty()) {
                assertThat(outcome).isInstanceOf(Outcome.Conflicted.class);
                assertThat(mirrored).isInstanceOf(Outcome.Conflicted.class);
            } else {
                byte[] merged = ((Outcome.Merged) outcome).text();
                assertThat(JsonReader.parse(merged)).isEqualTo(expected.get());
                assertThat(((Outcome.Merged) mirrored).text()).isEqualTo(merged);
            }
        });
    }

    private static byte[] text(Json json) {
        return json.text().getBytes(UTF_8);
    }

    /// With spaces where JSON allows them.
    private static byte[] loose(Json json) {
        return (" " + spaced(json) + "\n").getBytes(UTF_8);
    }

    private static String spaced(Json json) {
        return switch (json) {
            case Json.Obj object -> {
                StringBuilder out = new StringBuilder("{ ");
                object.members()
                        .forEach((name, value) -> out.append(out.length() > 2 ? " ,\n" : "")
                                .append(Json.of(name).text())
                                .append(" : ")
                                .append(spaced(value)));
                yield out + " }";
            }
            case Json.Arr array ->
                "[ "
                        + String.join(
                                " , ",
                                array.items().stream()
                                        .map(FieldMergeTest::spaced)
                                        .toList()) + "\t]";
            default -> json.text();
        };
    }

    /// The merge of parsed values; nothing for a conflict.
    private static Optional<Json> model(Json base, Json ours, Json theirs) {
        Map<String, Json> merged = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(members(base).keySet());
        names.addAll(members(ours).keySet());
        names.addAll(members(theirs).keySet());
        for (String name : names) {
            Json was = members(base).get(name);
            Json our = members(ours).get(name);
            Json their = members(theirs).get(name);
            @Nullable Json chosen;
            if (Objects.equals(our, their) || Objects.equals(was, their)) {
                chosen = our;
            } else if (Objects.equals(was, our)) {
                chosen = their;
            } else if ((was == null || was instanceof Json.Obj)
                    && our instanceof Json.Obj
                    && their instanceof Json.Obj) {
                Optional<Json> inner = model(was == null ? Json.object() : was, our, their);
                if (inner.isEmpty()) {
                    return Optional.empty();
                }
                chosen = inner.get();
            } else {
                return Optional.empty();
            }
            if (chosen != null) {
                merged.put(name, chosen);
            }
        }
        return Optional.of(new Json.Obj(merged));
    }

    private static Map<String, Json> members(Json json) {
        return ((Json.Obj) json).members();
    }
}
