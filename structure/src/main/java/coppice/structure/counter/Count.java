package coppice.structure.counter;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.codec.Digests;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the row of a counter says: the count, and a mark that no other writing has. The mark is what makes two
/// branches that count alike differ, so that merges see that both did.
///
/// @param number the sum of all that was counted
/// @param mark 32 hexadecimal digits; of a merge, those of a hash of both sides' marks
public record Count(BigInteger number, String mark) {
    private static final Count NONE = new Count(BigInteger.ZERO, "");
    private static final int MARK_BYTES = 16;

    /// Reads a row; nothing when it is none.
    static Optional<Count> decode(byte[] row) {
        return JsonReader.tryParse(row)
                .flatMap(json -> json instanceof Json.Obj(Map<String, Json> members)
                                && members.get("count") instanceof Json.Num(String digits)
                                && members.get("mark") instanceof Json.Str(String mark)
                                && digits.matches("-?[0-9]{1,100}")
                        ? Optional.of(new Count(new BigInteger(digits), mark))
                        : Optional.empty());
    }

    byte[] encode() {
        return Json.object("count", new Json.Num(number.toString()), "mark", mark)
                .text()
                .getBytes(UTF_8);
    }

    /// What both sides counted since their base, on top of it.
    ///
    /// @return nothing when something is no count
    public static Optional<byte[]> merge(byte @Nullable [] base, byte @Nullable [] ours, byte @Nullable [] theirs) {
        return read(base)
                .flatMap(before -> read(ours)
                        .flatMap(our -> read(theirs)
                                .map(their -> our.merged(before, their).encode())));
    }

    private static Optional<Count> read(byte @Nullable [] row) {
        return row == null ? Optional.of(NONE) : decode(row);
    }

    private Count merged(Count base, Count other) {
        boolean isFirst = mark.compareTo(other.mark) < 0;
        return new Count(
                number.add(other.number).subtract(base.number),
                isFirst ? hash(mark + other.mark) : hash(other.mark + mark));
    }

    private static String hash(String marks) {
        byte[] hash = Digests.sha256().digest(marks.getBytes(UTF_8));
        return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
    }
}
