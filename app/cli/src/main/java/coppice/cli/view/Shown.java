package coppice.cli.view;

import coppice.api.Commit;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.source.ExportedRow;
import coppice.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// Bytes, times and commits as people read them.
public final class Shown {
    private static final int HEX_BYTES = 32;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Shown() {}

    /// A key: text as it is, other bytes as `0x` and hexadecimal digits.
    public static String key(byte[] key) {
        return bytes(key);
    }

    /// A value: text as it is, other bytes as `0x` and the first hexadecimal digits.
    public static String value(byte[] value) {
        return value.length == 0 ? "(empty)" : bytes(value);
    }

    /// A value that may not be there.
    public static String value(Optional<byte[]> value) {
        return value.map(Shown::value).orElse("(none)");
    }

    /// A JSON value that may not be there.
    public static String json(Optional<Json> value) {
        return value.map(Json::text).orElse("(none)");
    }

    /// A time in the system's zone, to the second.
    public static String time(Commit commit) {
        return time(commit.time());
    }

    /// A time in the system's zone, to the second.
    public static String time(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    /// A commit's name and title.
    public static Text commit(Commit commit) {
        return Text.of(commit.id().abbreviated(), Style.YELLOW).plus("  ").plus(title(commit));
    }

    /// A commit's title, or a word for having none.
    public static Text title(Commit commit) {
        String title = commit.title();
        return title.isBlank() ? Text.of("(no message)", Style.DIM) : Text.of(title);
    }

    private static String bytes(byte[] bytes) {
        return ExportedRow.text(bytes).orElseGet(() -> {
            int shown = Math.min(bytes.length, HEX_BYTES);
            return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "");
        });
    }
}
