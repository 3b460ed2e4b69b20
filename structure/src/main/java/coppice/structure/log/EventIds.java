package coppice.structure.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.structure.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// The ids of events, which are the keys of their rows: the moment, as ISO 8601 has it in UTC with nine digits of
/// a second; `-`; and what no other event has, 32 hexadecimal digits that rise. They sort as what happened does,
/// and can be read.
final class EventIds {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Pattern ID =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z-[0-9a-z]{32}");
    private static final int MOMENT_LENGTH = 30;
    private static final byte[] NOTHING = {};

    private EventIds() {}

    /// @param stamp what no other event has; rises
    /// @throws DatabaseException.Incorrect when the moment is not of the years 0 to 9999
    static String id(Instant at, String stamp) {
        if (at.isBefore(FIRST) || !at.isBefore(END)) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_KEY, "Events are of the years 0 to 9999, and this one happened at " + at)
                    .with("at", at);
        }
        return moment(at) + "-" + stamp;
    }

    /// By hand, as a formatter takes a microsecond.
    private static String moment(Instant at) {
        Instant second = Instant.ofEpochSecond(at.getEpochSecond());
        return LastSecond.text(second) + digits(at.getNano()) + "Z";
    }

    private static String digits(int nanos) {
        char[] digits = new char[9];
        int rest = nanos;
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(digits);
    }

    /// The text of a second, which is that of the next event most of the time.
    private record LastSecond(Instant second, String text) {
        private static volatile LastSecond last = of(Instant.EPOCH);

        private static LastSecond of(Instant second) {
            String whole = MOMENT.format(second);
            return new LastSecond(second, whole.substring(0, MOMENT_LENGTH - 10));
        }

        static String text(Instant second) {
            LastSecond known = last;
            if (!known.second.equals(second)) {
                known = of(second);
                last = known;
            }
            return known.text;
        }
    }

    /// Whether a text is an id.
    static boolean isId(String text) {
        if (!ID.matcher(text).matches()) {
            return false;
        }
        try {
            Instant.parse(text.substring(0, MOMENT_LENGTH));
            return true;
        } catch (DateTimeException notTime) {
            return false;
        }
    }

    /// When an event happened.
    static Instant at(String id) {
        return Instant.parse(id.substring(0, MOMENT_LENGTH));
    }

    static byte[] key(String id) {
        return id.getBytes(UTF_8);
    }

    /// The keys of what happened in a stretch of time.
    static Range range(TimeRange which) {
        byte[] lower = which.from().map(EventIds::bound).orElse(NOTHING);
        Optional<byte[]> upper = which.to().map(EventIds::bound);
        if (which.beyond().isPresent()) {
            byte[] beyond = key(which.beyond().get());
            if (which.isReversed()) {
                upper = Optional.of(upper.filter(end -> Arrays.compareUnsigned(end, beyond) < 0)
                        .orElse(beyond));
            } else {
                byte[] behind = Arrays.copyOf(beyond, beyond.length + 1);
                lower = Arrays.compareUnsigned(lower, behind) > 0 ? lower : behind;
            }
        }
        byte[] first = lower;
        Range range = upper.map(end -> Range.between(first, end)).orElseGet(() -> Range.from(first));
        return which.isReversed() ? range.reversed() : range;
    }

    /// What sorts before the ids of a moment and behind those of the moments before.
    private static byte[] bound(Instant moment) {
        if (moment.isBefore(FIRST)) {
            return NOTHING;
        }
        return moment.isBefore(END) ? key(moment(moment)) : new byte[] {'9' + 1};
    }
}
