package coppice.structure.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An item of a dump that is read: an object, whose members are asked for by name and kind. One that is not there,
/// or `null`, is nothing; one of another kind is refused.
///
/// @param members what it has
public record DumpedItem(Map<String, Json> members) {
    private static final int SHOWN_LENGTH = 100;

    static DumpedItem of(Json json) {
        if (json instanceof Json.Obj(Map<String, Json> members)) {
            return new DumpedItem(members);
        }
        throw Dump.wrong("an item is an object, not '" + shown(json) + "'");
    }

    /// Its value in stored form: the member `value`, which may be `null` and has to be there.
    public byte[] value() {
        Json value = members.get("value");
        if (value == null) {
            throw wrong("has no 'value'");
        }
        return value.text().getBytes(UTF_8);
    }

    /// A member that is text.
    public Optional<String> text(String name) {
        return there(name).map(member -> {
            if (member instanceof Json.Str(String text)) {
                return text;
            }
            throw wrong("has a '" + name + "' that is no text");
        });
    }

    /// A member that is text and has to be there.
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> wrong("has no '" + name + "'"));
    }

    /// A member that is a number.
    public Optional<BigDecimal> number(String name) {
        return there(name).map(member -> {
            if (member instanceof Json.Num number) {
                return number.value();
            }
            throw wrong("has a '" + name + "' that is no number");
        });
    }

    /// A member that is an array of numbers.
    public Optional<double[]> numbers(String name) {
        return there(name).map(member -> {
            if (member instanceof Json.Arr(List<Json> elements)
                    && elements.stream().allMatch(Json.Num.class::isInstance)) {
                return elements.stream()
                        .mapToDouble(one -> ((Json.Num) one).value().doubleValue())
                        .toArray();
            }
            throw wrong("has a '" + name + "' that is no array of numbers");
        });
    }

    /// A member that is an object.
    public Optional<Json.Obj> object(String name) {
        return there(name).map(member -> {
            if (member instanceof Json.Obj object) {
                return object;
            }
            throw wrong("has a '" + name + "' that is no object");
        });
    }

    /// A member that is an array of objects; empty when it is not there.
    public List<Json.Obj> objects(String name) {
        return there(name)
                .map(member -> {
                    if (member instanceof Json.Arr(List<Json> elements)
                            && elements.stream().allMatch(Json.Obj.class::isInstance)) {
                        return elements.stream().map(Json.Obj.class::cast).toList();
                    }
                    throw wrong("has a '" + name + "' that is no array of objects");
                })
                .orElseGet(List::of);
    }

    /// A member that is a time.
    public Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException notTime) {
                throw wrong("has a '" + name + "' that is no time such as 2026-11-29T12:00:00Z");
            }
        });
    }

    private Optional<Json> there(String name) {
        return Optional.ofNullable(members.get(name)).filter(member -> !(member instanceof Json.Null));
    }

    /// Refuses it.
    ///
    /// @param why in a sentence that begins with the item
    public DatabaseException wrong(String why) {
        return Dump.wrong("the item '" + shown(new Json.Obj(members)) + "' " + why);
    }

    private static String shown(Json json) {
        String text = json.text();
        return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "...";
    }
}
