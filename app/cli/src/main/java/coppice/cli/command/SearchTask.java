package coppice.cli.command;

import coppice.api.search.Facet;
import coppice.api.search.Hit;
import coppice.api.search.SearchPlan;
import coppice.api.search.TextOptions;
import coppice.api.search.TextPlan;
import coppice.api.structure.Document;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Shows what searches find, and how.
abstract class SearchTask extends StructureTask {
    /// The constant of a name in lower case.
    static <E extends Enum<E>> E named(Class<E> kind, String option, String word) {
        List<String> names = Stream.of(kind.getEnumConstants())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
        int found = names.indexOf(word.toLowerCase(Locale.ROOT));
        if (found < 0) {
            String last = names.getLast();
            throw Failure.usage(option + " is " + String.join(", ", names.subList(0, names.size() - 1)) + " or " + last
                    + ", not '" + word + "'");
        }
        return kind.getEnumConstants()[found];
    }

    final void show(List<Hit<Object>> hits) {
        boolean isHighlighted = hits.stream().anyMatch(hit -> !hit.highlights().isEmpty());
        Table table = new Table().numbers("score").words("id").words(isHighlighted ? "where" : "document");
        for (Hit<Object> hit : hits) {
            Json document = UntypedJson.json(hit.document());
            if (isJson()) {
                json(shown(hit, document));
            }
            table.row(
                    Text.of(String.format(Locale.ROOT, "%.4f", hit.score())),
                    Text.of(hit.id(), Style.CYAN),
                    Text.of(isHighlighted ? String.join(" | ", hit.highlights().values()) : document.text()));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private static Json.Obj shown(Hit<Object> hit, Json document) {
        Json.Obj shown = Json.object("id", hit.id())
                .with("score", new Json.Num(Double.toString(hit.score())))
                .with("document", document);
        if (hit.highlights().isEmpty()) {
            return shown;
        }
        Map<String, Json> passages = new LinkedHashMap<>();
        hit.highlights().forEach((path, passage) -> passages.put(path, new Json.Str(passage)));
        return shown.with("highlights", new Json.Obj(passages));
    }

    final void list(Stream<Document<Object>> documents) {
        Table table = new Table().words("id").words("document");
        try (Stream<Document<Object>> all = documents) {
            all.limit(limit()).forEach(one -> {
                Json document = UntypedJson.json(one.value());
                if (isJson()) {
                    json(Json.object("id", one.id(), "document", document));
                }
                table.row(Text.of(one.id(), Style.CYAN), Text.of(document.text()));
            });
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    final void facets(List<Facet> facets) {
        Table table = new Table().words("value").numbers("documents");
        for (Facet facet : facets) {
            if (isJson()) {
                json(Json.object("value", facet.value(), "documents", facet.count()));
            }
            table.row(Text.of(facet.value()), Text.of(Long.toString(facet.count())));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    final void show(TextOptions options) {
        String language = options.language().orElse("as they are written");
        List<String> members = options.members().entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue())
                .toList();
        String parts = options.parts()
                .map(lengths -> lengths.min() + "-" + lengths.max())
                .orElse("none");
        if (isJson()) {
            json(Json.object("language", options.language().orElse(null))
                    .with(
                            "members",
                            new Json.Arr(
                                    members.stream().<Json>map(Json.Str::new).toList()))
                    .with(
                            "synonyms",
                            new Json.Arr(options.synonyms().stream()
                                    .<Json>map(words -> new Json.Str(String.join(", ", words)))
                                    .toList()))
                    .with("parts", new Json.Str(parts)));
            return;
        }
        screen().line("language  " + language);
        screen().line("members   " + (members.isEmpty() ? "all" : String.join(", ", members)));
        screen().line("parts     " + parts);
        options.synonyms().forEach(words -> screen().line("synonyms  " + String.join(", ", words)));
    }

    final void explain(SearchPlan plan, boolean hasCondition) {
        if (isJson()) {
            json(Json.object("method", plan.method().name(), "vectors", plan.vectors(), "compared", plan.compared())
                    .with("reranked", Json.of(plan.reranked()))
                    .with("tested", Json.of(plan.tested()))
                    .with("dimension", Json.of(plan.dimension()))
                    .with("similarity", Json.of(plan.similarity().name()))
                    .with("preparingMicros", micros(plan.preparing()))
                    .with("searchingMicros", micros(plan.searching())));
            return;
        }
        String how = switch (plan.method()) {
            case EXACT -> "all vectors compared";
            case EXACT_OF_FOUND -> "the vectors of documents that an index finds compared";
            case INT8 -> "all vectors compared by one byte a number";
            case BINARY -> "all vectors compared by one bit a number, which may miss some of the nearest";
            case GRAPH -> "vectors compared to which a graph leads, which may miss some of the nearest";
        };
        screen().line(how + ": " + plan.compared() + " of " + plan.vectors() + ", of dimension " + plan.dimension()
                + ", by " + plan.similarity().name().toLowerCase(Locale.ROOT));
        if (plan.reranked() > 0) {
            screen().line("in full those that may be among the nearest: " + plan.reranked());
        }
        ending(hasCondition, plan.tested(), plan.preparing(), plan.searching());
    }

    final void explain(TextPlan plan, boolean hasCondition) {
        if (isJson()) {
            json(Json.object("query", plan.query(), "documents", plan.documents(), "segments", plan.segments())
                    .with("isConditionFound", Json.of(plan.isConditionFound()))
                    .with("tested", Json.of(plan.tested()))
                    .with("preparingMicros", micros(plan.preparing()))
                    .with("searchingMicros", micros(plan.searching())));
            return;
        }
        screen().line("understood as " + plan.query());
        screen().line("looked for in " + plan.documents() + " documents, in " + plan.segments() + " segments"
                + (plan.isConditionFound() ? ", of which an index finds those that meet the condition" : ""));
        ending(hasCondition, plan.tested(), plan.preparing(), plan.searching());
    }

    private static Json micros(Duration time) {
        return Json.of(time.toNanos() / 1_000);
    }

    private void ending(boolean hasCondition, long tested, Duration preparing, Duration searching) {
        if (hasCondition) {
            screen().line("the condition looked at for " + tested);
        }
        screen().line("made ready in " + preparing.toMillis() + " ms, searched in " + searching.toMillis() + " ms");
    }
}
