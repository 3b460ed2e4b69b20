package coppice.structure.ground;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What names stand for: a row for each structure, in a space of the branch. It says nothing that two branches
/// that make the same structure could disagree on.
public final class Registry {
    /// The space of the rows.
    public static final String SPACE = "@structures";

    /// The longest name, in bytes of UTF-8: what a structure keeps beside its rows is in spaces of longer names.
    private static final int NAME_BYTES_MAX = 240;

    private Registry() {}

    /// Checks that a structure can have this name.
    ///
    /// @return the name
    public static String name(String name) {
        boolean isOurs = name.startsWith("@");
        if (isOurs || name.isEmpty() || name.getBytes(UTF_8).length > NAME_BYTES_MAX) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_SPACE_NAME,
                            "A structure's name is 1 to " + NAME_BYTES_MAX
                                    + " bytes of UTF-8 and does not begin with '@': choose another than '" + name + "'")
                    .with("name", name);
        }
        return name;
    }

    /// A glob that the space of this name fits, and no other.
    public static String glob(String space) {
        return space.replaceAll("[*?\\\\]", "\\\\$0");
    }

    /// All structures of a state, in the order of their names.
    public static List<StructureInfo> all(ReadGround ground) {
        try (Stream<Entry> rows = ground.space(SPACE).entries(Range.all())) {
            return rows.flatMap(row -> decode(row.keyText(), row.value()).stream())
                    .toList();
        }
    }

    /// What a name stands for in a state, if anything.
    public static Optional<StructureInfo> find(ReadGround ground, String name) {
        return find(ground.space(SPACE), name);
    }

    /// What a name stands for, by the space of the rows.
    public static Optional<StructureInfo> find(SpaceView rows, String name) {
        return rows.get(name.getBytes(UTF_8)).flatMap(row -> decode(name, row));
    }

    /// Refuses to open what a name stands for as something else.
    public static void check(ReadGround ground, StructureInfo wanted) {
        find(ground, wanted.name()).ifPresent(there -> check(there, wanted));
    }

    private static void check(StructureInfo there, StructureInfo wanted) {
        if (there.kind() == wanted.kind()) {
            checkSecret(there, wanted);
        }
        boolean isSame = there.kind() == wanted.kind()
                && (there.values().equals(wanted.values()) || wanted.values().equals(StructureInfo.UNTYPED));
        if (!isSame) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.OTHER_STRUCTURE,
                            "'" + wanted.name() + "' is " + there + ", not " + wanted + ": "
                                    + (there.kind() == wanted.kind()
                                            ? "open it as that, or untyped, or retype() it"
                                            : "open it as that, or take another name"))
                    .with("name", there.name())
                    .with("kind", there.kind().text())
                    .with("values", there.values());
        }
    }

    private static void checkSecret(StructureInfo there, StructureInfo wanted) {
        if (there.isEncrypted() && !wanted.isEncrypted()) {
            throw secretNeeded(there);
        }
        if (wanted.isEncrypted() && !there.isEncrypted()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOT_ENCRYPTED,
                            "'" + there.name() + "' is " + there
                                    + ", which is not encrypted, and nothing was written: open"
                                    + " it without a secret; to encrypt what is in it, load its dump into another one")
                    .with("name", there.name());
        }
    }

    /// Says that something can be done with a secret only.
    public static DatabaseException secretNeeded(StructureInfo there) {
        return new DatabaseException.Incorrect(
                        ErrorCode.SECRET_NEEDED,
                        "'" + there.name() + "' is " + there
                                + ", and nothing was written: say the secret that opens it, on the"
                                + " command line with --secret-file")
                .with("name", there.name());
    }

    /// Refuses to change what a name stands for as something else.
    ///
    /// @param rows the space of the rows
    /// @param row that of what is wanted
    public static void check(SpaceView rows, StructureInfo wanted, byte[] row) {
        byte[] known = rows.getOrDefault(wanted.name().getBytes(UTF_8), row);
        if (!Arrays.equals(known, row)) {
            decode(wanted.name(), known).ifPresent(there -> check(there, wanted));
        }
    }

    /// Sees to it that a name stands for a structure that is about to be written to.
    ///
    /// @param rows the space of the rows, to write
    public static void ensure(Space rows, StructureInfo wanted, byte[] row) {
        byte[] key = wanted.name().getBytes(UTF_8);
        Optional<byte[]> known = rows.get(key);
        if (known.isEmpty()) {
            rows.put(key, row);
        } else if (!Arrays.equals(known.get(), row)) {
            decode(wanted.name(), known.get()).ifPresentOrElse(there -> check(there, wanted), () -> rows.put(key, row));
        }
    }

    /// The row of a structure.
    public static byte[] encode(StructureInfo structure) {
        return Json.object(
                        "kind",
                        structure.kind().text(),
                        "values",
                        structure.values(),
                        "encrypted",
                        structure.isEncrypted() ? true : null)
                .text()
                .getBytes(UTF_8);
    }

    /// What a row says; nothing when somebody else wrote it.
    public static Optional<StructureInfo> decode(String name, byte[] row) {
        return JsonReader.tryParse(row)
                .flatMap(json -> json instanceof Json.Obj(Map<String, Json> members)
                                && members.get("kind") instanceof Json.Str(String kind)
                                && members.get("values") instanceof Json.Str(String values)
                        ? kind(kind)
                                .map(known -> new StructureInfo(
                                        name, known, values, Json.of(true).equals(members.get("encrypted"))))
                        : Optional.empty());
    }

    private static Optional<StructureKind> kind(String text) {
        return Stream.of(StructureKind.values())
                .filter(kind -> kind.text().equals(text))
                .findFirst();
    }
}
