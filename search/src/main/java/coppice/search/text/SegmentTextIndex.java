package coppice.search.text;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.search.TextOptions;
import coppice.search.segment.KeyQuery;
import coppice.search.segment.Search;
import coppice.search.segment.Segments;
import coppice.structure.search.TextIndex;
import coppice.structure.search.TextQuery;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/// The text of documents in segments.
record SegmentTextIndex(TextDocuments shape, Segments all) implements TextIndex {
    private static final int TEXT_MAX = 10_000;
    private static final int WORDS_MAX = 500;

    @Override
    public List<Found> best(TextQuery query, int most) {
        return search(query).best(most).stream()
                .map(one -> new Found(one.key(), one.score()))
                .toList();
    }

    @Override
    public void all(TextQuery query, Consumer<byte[]> each) {
        search(query).all(each);
    }

    @Override
    public long count(TextQuery query) {
        return search(query).count();
    }

    private Search search(TextQuery query) {
        Query words = words(query);
        Query conditioned = query.condition()
                .<Query>map(condition -> new BooleanQuery.Builder()
                        .add(words, Occur.MUST)
                        .add(new KeyQuery(condition.found(), condition.holds()), Occur.FILTER)
                        .build())
                .orElse(words);
        return new Search(all, conditioned);
    }

    private Query words(TextQuery query) {
        return new Translation(all, query, weights(query)).translate(parse(query));
    }

    private Sought.Group parse(TextQuery query) {
        if (query.text().length() > TEXT_MAX) {
            throw refused("The text to look for has " + query.text().length() + " letters, more than " + TEXT_MAX
                    + ": look for its most telling words");
        }
        Sought.Group sought = TextParser.parse(query.text(), this::isMember, query.isAll());
        int words = Analysis.words(Analysis.plain(), query.text()).size();
        if (words > WORDS_MAX) {
            throw refused("The text to look for has " + words + " words, more than " + WORDS_MAX
                    + ": look for its most telling words");
        }
        return sought;
    }

    private static DatabaseException refused(String why) {
        return new DatabaseException.Incorrect(ErrorCode.INVALID_QUERY, why);
    }

    private boolean isMember(String name) {
        return members().stream().anyMatch(path -> TextDocuments.isWithin(path, name));
    }

    private List<String> members() {
        return all.fields().stream()
                .filter(TextDocuments::isMember)
                .map(TextDocuments::path)
                .toList();
    }

    /// The fields to look in: those that were asked for, with the weights of the options unless they have their
    /// own.
    private Map<String, Double> weights(TextQuery query) {
        List<String> members = members();
        query.members().keySet().forEach(asked -> check(asked, members));
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String path : members) {
            weight(path, query.members(), query.members().isEmpty())
                    .ifPresent(weight -> weights.put(
                            TextDocuments.field(path), weight > 0 ? weight : ofOptions(path, query.options())));
        }
        return weights;
    }

    private static void check(String asked, List<String> members) {
        boolean isThere = members.isEmpty() || members.stream().anyMatch(path -> TextDocuments.isWithin(path, asked));
        if (!isThere) {
            throw refused("No document has text in '" + asked + "'; there is text in " + String.join(", ", members));
        }
    }

    private static double ofOptions(String path, TextOptions options) {
        return weight(path, options.members(), true)
                .filter(weight -> weight > 0)
                .orElse(1.0);
    }

    /// The weight of the longest member that a path is in; 0 where none is and all count.
    private static Optional<Double> weight(String path, Map<String, Double> members, boolean isAny) {
        return members.entrySet().stream()
                .filter(member -> TextDocuments.isWithin(path, member.getKey()))
                .max(Comparator.comparingInt(member -> member.getKey().length()))
                .map(Map.Entry::getValue)
                .or(() -> isAny ? Optional.of(0.0) : Optional.empty());
    }

    @Override
    public Function<byte[], Map<String, String>> highlights(TextQuery query, String before, String after) {
        return new Highlights(words(query), shape, before, after)::of;
    }

    @Override
    public Optional<String> corrected(TextQuery query) {
        return new Suggestions(all, query.options()).corrected(query.text());
    }

    @Override
    public List<String> suggestions(String text, int most) {
        return new Suggestions(all, shape.options()).endings(text, most);
    }

    @Override
    public String describe(TextQuery query) {
        return parse(query).toString();
    }

    @Override
    public long documents() {
        return all.size();
    }

    @Override
    public int segments() {
        return all.count();
    }
}
