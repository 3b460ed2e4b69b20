package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.SpaceView;
import coppice.api.search.Facet;
import coppice.api.search.Hit;
import coppice.api.search.TextOptions;
import coppice.api.search.TextPlan;
import coppice.api.search.TextSearch;
import coppice.structure.ground.Filter;
import coppice.structure.ground.ReadGround;
import coppice.structure.search.TextIndex;
import coppice.structure.search.TextQuery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A search among the texts of a collection.
final class WordSearch<V> implements TextSearch<V> {
    private static final int FUZZINESS_MAX = 2;

    private final SpaceDocumentsView<V> documents;
    private final Asked asked;

    /// What is asked for: changed only before a search has it.
    private static final class Asked {
        private final String text;
        private int wanted = Wanted.USUAL;
        private Conditions conditions = Conditions.NONE;
        private int fuzziness;
        private boolean isAll;
        private Map<String, Double> members = Map.of();
        private Optional<TextOptions> options = Optional.empty();
        private Optional<Marks> marks = Optional.empty();

        Asked(String text) {
            this.text = text;
        }

        Asked copy() {
            Asked copy = new Asked(text);
            copy.wanted = wanted;
            copy.conditions = conditions;
            copy.fuzziness = fuzziness;
            copy.isAll = isAll;
            copy.members = members;
            copy.options = options;
            copy.marks = marks;
            return copy;
        }
    }

    private record Marks(String before, String after) {}

    WordSearch(SpaceDocumentsView<V> documents, String text) {
        this(documents, new Asked(text));
    }

    private WordSearch(SpaceDocumentsView<V> documents, Asked asked) {
        this.documents = documents;
        this.asked = asked;
    }

    private WordSearch<V> with(Consumer<Asked> change) {
        Asked copy = asked.copy();
        change.accept(copy);
        return new WordSearch<>(documents, copy);
    }

    @Override
    public WordSearch<V> topK(int number) {
        return with(next -> next.wanted = Wanted.checked(number));
    }

    @Override
    public WordSearch<V> where(String expression, @Nullable Object... values) {
        return where(asked.conditions.with(documents.query(), expression, values));
    }

    WordSearch<V> where(Conditions conditions) {
        return with(next -> next.conditions = conditions);
    }

    @Override
    public WordSearch<V> fuzziness(int edits) {
        if (edits < 0 || edits > FUZZINESS_MAX) {
            throw new IllegalArgumentException("Words may differ by 0, 1 or 2 letters, not " + edits);
        }
        return with(next -> next.fuzziness = edits);
    }

    @Override
    public WordSearch<V> allWords() {
        return with(next -> next.isAll = true);
    }

    @Override
    public WordSearch<V> in(String member) {
        return with(next -> next.members = and(member, TextQuery.OF_OPTIONS));
    }

    @Override
    public WordSearch<V> in(String member, double weight) {
        TextOptions.standard().member(member, weight); // which refuses what is no weight
        return with(next -> next.members = and(member, weight));
    }

    private Map<String, Double> and(String member, double weight) {
        Map<String, Double> more = new LinkedHashMap<>(asked.members);
        more.put(member, weight);
        return more;
    }

    @Override
    public WordSearch<V> with(TextOptions options) {
        return with(next -> next.options = Optional.of(options));
    }

    @Override
    public WordSearch<V> highlight(String before, String after) {
        return with(next -> next.marks = Optional.of(new Marks(before, after)));
    }

    @Override
    public List<Hit<V>> hits() {
        return looking().hits();
    }

    @Override
    public long count() {
        Looking looking = looking();
        return looking.index.count(looking.query);
    }

    @Override
    public List<Facet> facets(String member, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least 1 value is to be told, not " + most);
        }
        Looking looking = looking();
        Facets facets = new Facets(member);
        looking.index.all(looking.query, id -> looking.rows.get(id).ifPresent(facets::add));
        return facets.most(most);
    }

    @Override
    public Optional<String> corrected() {
        Looking looking = looking();
        return looking.index.corrected(looking.query);
    }

    @Override
    public TextPlan explain() {
        return looking().plan();
    }

    private Looking looking() {
        return new Looking(documents.ground().still());
    }

    /// One search in one state.
    private final class Looking {
        private final SpaceView rows;
        private final TextIndex index;
        private final TextQuery query;
        private final boolean isFound;
        private final Duration preparing;
        private long tested;

        Looking(ReadGround still) {
            this.rows = still.space(documents.name());
            TextOptions options = asked.options.orElseGet(() -> documents.textOptions(still));
            long began = System.nanoTime();
            this.index = documents.textIndex(still, options);
            this.preparing = Duration.ofNanos(System.nanoTime() - began);
            Optional<Filter> filter = asked.conditions.filter(still, documents.name());
            Optional<TextQuery.Condition> condition = filter.map(
                    one -> new TextQuery.Condition(Conditions.few(one, index.documents()), id -> isMet(one, id)));
            this.isFound = condition.flatMap(TextQuery.Condition::found).isPresent();
            this.query = new TextQuery(asked.text, options, asked.members, asked.fuzziness, asked.isAll, condition);
        }

        private boolean isMet(Filter filter, byte[] id) {
            tested++;
            return rows.get(id).filter(document -> filter.holds(id, document)).isPresent();
        }

        List<Hit<V>> hits() {
            Function<byte[], Map<String, String>> highlights = asked.marks
                    .map(marks -> index.highlights(query, marks.before(), marks.after()))
                    .orElse(_ -> Map.of());
            return index.best(query, asked.wanted).stream()
                    .flatMap(found -> hit(found, highlights).stream())
                    .toList();
        }

        private Optional<Hit<V>> hit(TextIndex.Found found, Function<byte[], Map<String, String>> highlights) {
            String id = new String(found.key(), UTF_8);
            return rows.get(found.key())
                    .flatMap(stored -> documents
                            .decode(id, stored)
                            .map(value -> new Hit<>(id, value, found.score(), highlights.apply(stored))));
        }

        TextPlan plan() {
            long began = System.nanoTime();
            hits();
            return new TextPlan(
                    index.describe(query),
                    index.documents(),
                    index.segments(),
                    isFound,
                    tested,
                    preparing,
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
