package coppice.cli.source;

import coppice.cli.render.Amounts;
import coppice.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which column of a table is its key, and why.
public sealed interface KeyChoice {
    /// Why this and no other, for people.
    String reason();

    /// The values of one column.
    ///
    /// @param name the column
    /// @param reason why this one
    record Column(String name, String reason) implements KeyChoice {}

    /// The numbers of the rows, from 1.
    ///
    /// @param reason why
    record RowNumber(String reason) implements KeyChoice {}

    /// The key that stands in each row of an export of ours.
    ///
    /// @param reason why
    record Exported(String reason) implements KeyChoice {}

    /// The word that asks for row numbers instead of a column.
    String ROW_NUMBERS = "#";

    /// The key the user asked for, or the best guess.
    ///
    /// @param asked a column's name, or `#` for row numbers
    static KeyChoice of(TableFile file, Survey survey, Optional<String> asked) {
        if (asked.isPresent()) {
            String name = asked.get();
            if (name.equals(ROW_NUMBERS)) {
                return new RowNumber("as asked");
            } else if (!survey.names().contains(name)) {
                throw new InputException(
                        file.path(),
                        "there is no column '" + name + "'; there are: " + String.join(", ", survey.names()));
            }
            return new Column(name, "as asked");
        }
        return survey.isExport() ? new Exported("the rows are an export of Coppice") : guess(file.space(), survey);
    }

    private static KeyChoice guess(String space, Survey survey) {
        String rows = Amounts.count(survey.rows(), "row");
        String seen = survey.isWhole() ? "each of all " + rows : "each of the first " + rows;
        seen = survey.rows() == 1 ? "the only row" : seen;
        String best = "";
        int bestScore = 0;
        for (Map.Entry<String, Survey.Column> candidate : survey.unique().entrySet()) {
            int score = score(space, candidate.getKey(), candidate.getValue());
            if (score > 0 && candidate.getKey().equals(survey.names().getFirst())) {
                score += 15;
            }
            if (score > bestScore) {
                best = candidate.getKey();
                bestScore = score;
            }
        }
        if (bestScore == 0) {
            return new RowNumber("no column could be the key: none has a short value of its own in " + seen);
        }
        String why = "it has a value of its own in " + seen;
        if (best.equals(survey.names().getFirst())) {
            why += ", comes first";
        }
        return new Column(best, nameScore(space, best) > 0 ? why + " and is named like a key" : why);
    }

    private static int score(String space, String name, Survey.Column column) {
        if (column.longest() > 200) {
            return 0;
        }
        int named = nameScore(space, name);
        if (named == 0 && column.isFraction()) {
            return 0;
        }
        return 10 + named + (column.longest() <= 40 ? 5 : 0);
    }

    private static int nameScore(String space, String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
        String table = space.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String one = table.replaceFirst("ies$", "y").replaceFirst("s$", "");
        return switch (plain) {
            case "id", "key", "uuid", "guid", "pk" -> 100;
            case "code", "slug", "isbn", "iso", "sku" -> 80;
            case "name", "email", "login", "username", "symbol", "number", "url" -> 50;
            default -> {
                if (plain.equals(table + "id") || plain.equals(one + "id") || plain.equals(one + "code")) {
                    yield 90;
                } else if (plain.endsWith("id") || plain.endsWith("key")) {
                    yield 60;
                }
                yield plain.endsWith("code") || plain.endsWith("number") || plain.endsWith("no") ? 40 : 0;
            }
        };
    }

    /// The row an item becomes.
    ///
    /// @param number the item's number in its file, from 1
    default Row row(TableFile file, Item item, long number) {
        return switch (this) {
            case Exported exported -> ExportedRow.row(file, item);
            case RowNumber numbers ->
                new Row(file.space(), utf8(String.format(Locale.ROOT, "%08d", number)), value(item), item.line());
            case Column(String name, String reason) ->
                new Row(file.space(), key(file, item, name), value(item), item.line());
        };
    }

    private static byte[] key(TableFile file, Item item, String name) {
        Json field = item.value() instanceof Json.Obj(Map<String, Json> members)
                ? members.getOrDefault(name, Json.Null.VALUE)
                : Json.Null.VALUE;
        String text = switch (field) {
            case Json.Str(String string) -> string;
            case Json.Num(String digits) -> digits;
            case Json.Bool(boolean truth) -> String.valueOf(truth);
            case Json.Null() -> "";
            case Json.Obj object -> "";
            case Json.Arr array -> "";
        };
        if (text.isEmpty()) {
            throw new InputException(
                    file.path(),
                    item.line(),
                    "no key in column '" + name + "'; choose another with --key COLUMN, or --key '#' for row numbers");
        }
        return utf8(text);
    }

    private static byte[] value(Item item) {
        return utf8(item.value().text());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
