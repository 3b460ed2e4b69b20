package coppice.cli.reference;

import coppice.cli.source.Rows;
import coppice.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Time zones of the IANA database and every change of their clocks in fifty years, 1976 to 2025: a fixed window, so
/// that the rows do not depend on the day.
final class Clocks {
    private static final Instant FROM = Instant.parse("1976-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-01-01T00:00:00Z");

    private Clocks() {}

    static Rows zones() {
        SortedMap<String, Json.Obj> rows = new TreeMap<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            ZoneRules rules = zone.getRules();
            long[] changes = {0};
            eachChange(rules, change -> changes[0]++);
            rows.put(
                    id,
                    Json.object(
                            "id",
                            id,
                            "standard",
                            offset(rules.getStandardOffset(TO)),
                            "daylightSaving",
                            !rules.getTransitionRules().isEmpty(),
                            "changes",
                            changes[0],
                            "names",
                            Names.of(id, language -> zone.getDisplayName(TextStyle.FULL, language))));
        }
        return ReferenceTable.of("zones", rows);
    }

    static Rows transitions() {
        SortedMap<String, Json.Obj> rows = new TreeMap<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneRules rules = ZoneId.of(id).getRules();
            eachChange(
                    rules,
                    change -> rows.put(
                            id + "@" + change.getInstant(),
                            Json.object(
                                    "zone", id,
                                    "at", change.getInstant().toString(),
                                    "local", change.getDateTimeBefore().toString(),
                                    "before", offset(change.getOffsetBefore()),
                                    "after", offset(change.getOffsetAfter()),
                                    "kind", change.isGap() ? "gap" : "overlap",
                                    "daylightSaving", rules.isDaylightSavings(change.getInstant()))));
        }
        return ReferenceTable.of("transitions", rows);
    }

    private static void eachChange(ZoneRules rules, Consumer<ZoneOffsetTransition> visit) {
        ZoneOffsetTransition change = rules.nextTransition(FROM.minusNanos(1));
        while (change != null && change.getInstant().isBefore(TO)) {
            visit.accept(change);
            change = rules.nextTransition(change.getInstant());
        }
    }

    private static String offset(ZoneOffset offset) {
        return offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId();
    }
}
