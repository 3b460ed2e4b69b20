package coppice.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A point in time as people write it in a ref: `now`, `yesterday`, `2 days ago`, `2026-11-20`, `2026-11-20T18:30`,
/// `2026-11-20 18:30:00`, or an instant with its offset. Pure functions.
public final class RefTime {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})[ .]?(\\w+?)s?[ .]ago");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "second", ChronoUnit.SECONDS,
            "minute", ChronoUnit.MINUTES,
            "hour", ChronoUnit.HOURS,
            "day", ChronoUnit.DAYS,
            "week", ChronoUnit.WEEKS,
            "month", ChronoUnit.MONTHS,
            "year", ChronoUnit.YEARS);

    private RefTime() {}

    /// What the text means; empty when it means no time. A date alone means its end.
    ///
    /// @param zone of dates and times without an offset
    public static Optional<Instant> parse(String text, Instant now, ZoneId zone) {
        try {
            return Optional.of(read(text.strip(), now.atZone(zone)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Instant read(String text, ZonedDateTime now) {
        Matcher ago = AGO.matcher(text);
        if (text.equals("now")) {
            return now.toInstant();
        }
        if (text.equals("yesterday")) {
            return now.minusDays(1).toInstant();
        }
        if (ago.matches() && UNITS.containsKey(ago.group(2))) {
            return now.minus(Long.parseLong(ago.group(1)), UNITS.get(ago.group(2)))
                    .toInstant();
        }
        if (text.length() == "2026-11-20".length()) {
            return LocalDate.parse(text)
                    .atTime(LocalTime.MAX)
                    .atZone(now.getZone())
                    .toInstant();
        }
        String iso = text.replace(' ', 'T');
        if (iso.matches(".*T.*([Zz]|[+-]\\d\\d:?\\d\\d)")) {
            return ZonedDateTime.parse(iso).toInstant();
        }
        return LocalDateTime.parse(iso).atZone(now.getZone()).toInstant();
    }
}
