package coppice.search.text;

import coppice.api.search.TextOptions;
import coppice.search.segment.Segments;
import coppice.search.text.Sought.Group;
import coppice.search.text.Sought.In;
import coppice.search.text.Sought.Phrase;
import coppice.search.text.Sought.Prefix;
import coppice.search.text.Sought.Word;
import coppice.structure.search.TextQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;

/// What is sought, in the terms of Lucene: each word or phrase is looked for in each member that counts, and the
/// best one counts.
final class Translation {
    private final Segments segments;
    private final TextQuery query;
    private final Map<String, Double> weights;
    private final Analyzer analyzer;
    private final QueryBuilder builder;
    private final Synonyms synonyms;

    /// @param weights of the fields to look in
    Translation(Segments segments, TextQuery query, Map<String, Double> weights) {
        this.segments = segments;
        this.query = query;
        this.weights = weights;
        this.analyzer = Analysis.searching(query.options());
        this.builder = new QueryBuilder(analyzer);
        this.synonyms = new Synonyms(query.options());
    }

    Query translate(Group sought) {
        return group(sought, weights).orElseGet(() -> new MatchNoDocsQuery("no word to look for"));
    }

    private Optional<Query> group(Group group, Map<String, Double> fields) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        int wanted = add(all, group.must(), Occur.MUST, fields);
        wanted += add(all, group.should(), Occur.SHOULD, fields);
        int unwanted = add(all, group.not(), Occur.MUST_NOT, fields);
        if (wanted + unwanted == 0) {
            return Optional.empty();
        }
        if (wanted == 0) {
            all.add(MatchAllDocsQuery.INSTANCE, Occur.MUST);
        }
        BooleanQuery made = all.build();
        boolean isSingle =
                made.clauses().size() == 1 && made.clauses().getFirst().occur() != Occur.MUST_NOT;
        return Optional.of(isSingle ? made.clauses().getFirst().query() : made);
    }

    private int add(BooleanQuery.Builder all, List<Sought> parts, Occur occur, Map<String, Double> fields) {
        int count = 0;
        for (int at = 0; at < parts.size(); ) {
            int length = occur == Occur.MUST_NOT ? 1 : synonyms.phraseAt(parts, at);
            Optional<Query> one =
                    length == 1 ? one(parts.get(at), fields) : phrased(parts.subList(at, at + length), occur, fields);
            one.ifPresent(query -> all.add(query, occur));
            count += one.isPresent() ? 1 : 0;
            at += length;
        }
        return count;
    }

    /// Words one behind the other that are a phrase with synonyms: these are looked for in their place, or the
    /// words.
    private Optional<Query> phrased(List<Sought> words, Occur occur, Map<String, Double> fields) {
        BooleanQuery.Builder each = new BooleanQuery.Builder();
        words.forEach(word -> one(word, fields).ifPresent(query -> each.add(query, occur)));
        List<Query> both = new ArrayList<>(List.of(each.build()));
        one(new Phrase(Synonyms.text(words), 0), fields).ifPresent(both::add);
        return any(both);
    }

    private Optional<Query> one(Sought sought, Map<String, Double> fields) {
        return switch (sought) {
            case Group group -> group(group, fields);
            case In(String member, Sought what) -> one(what, within(member));
            case Word word when edits(word) > 0 -> best(fields, field -> fuzzy(field, word.text(), edits(word)));
            case Word(String text, int _) -> withSynonyms(text, fields, field -> word(field, text));
            case Prefix(String text) -> best(fields, field -> prefix(field, text));
            case Phrase(String text, int moves) -> withSynonyms(text, fields, field -> phrase(field, text, moves));
        };
    }

    private Map<String, Double> within(String member) {
        Map<String, Double> some = new LinkedHashMap<>();
        weights.forEach((field, weight) -> {
            if (TextDocuments.isWithin(TextDocuments.path(field), member)) {
                some.put(field, weight);
            }
        });
        return some;
    }

    private int edits(Word word) {
        return word.edits() == Word.AS_ASKED ? Fuzzy.edits(word.text(), query.fuzziness()) : word.edits();
    }

    private Optional<Query> withSynonyms(
            String text, Map<String, Double> fields, Function<String, Optional<Query>> itself) {
        List<Query> all = new ArrayList<>();
        best(fields, itself).ifPresent(all::add);
        for (String other : synonyms.of(text)) {
            best(fields, field -> phrase(field, other, 0)).ifPresent(all::add);
        }
        return any(all);
    }

    private static Optional<Query> best(Map<String, Double> fields, Function<String, Optional<Query>> how) {
        List<Query> all = new ArrayList<>();
        fields.forEach((field, weight) -> how.apply(field)
                .ifPresent(query -> all.add(weight == 1 ? query : new BoostQuery(query, weight.floatValue()))));
        return any(all);
    }

    private static Optional<Query> any(List<Query> all) {
        return switch (all.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(all.getFirst());
            default -> Optional.of(new DisjunctionMaxQuery(all, 0));
        };
    }

    private Optional<Query> word(String field, String text) {
        Optional<Query> whole = phrase(field, text, 0);
        return query.options().parts().isPresent() ? whole.map(one -> orParts(one, field, text)) : whole;
    }

    /// A word that is longer than the parts that are indexed is found by all of its longest parts, too.
    private Query orParts(Query whole, String field, String text) {
        int length = query.options().parts().map(TextOptions.Parts::max).orElseThrow();
        BooleanQuery.Builder parts = new BooleanQuery.Builder();
        int count = 0;
        for (String word : Analysis.words(analyzer, text)) {
            int[] letters = word.codePoints().toArray();
            for (int from = 0; letters.length > length && from + length <= letters.length; from++) {
                parts.add(new TermQuery(new Term(field, new String(letters, from, length))), Occur.MUST);
                count++;
            }
        }
        return count == 0 ? whole : new DisjunctionMaxQuery(List.of(whole, parts.build()), 0);
    }

    private Optional<Query> phrase(String field, String text, int moves) {
        return Optional.ofNullable(builder.createPhraseQuery(field, text, moves));
    }

    private Optional<Query> prefix(String field, String text) {
        return Optional.of(new PrefixQuery(new Term(field, analyzer.normalize(field, text))));
    }

    private Optional<Query> fuzzy(String field, String text, int edits) {
        List<String> words = Analysis.words(analyzer, text);
        List<Query> all = new ArrayList<>();
        for (String word : words) {
            Fuzzy.query(segments, field, word, edits).ifPresent(all::add);
        }
        if (all.size() < words.size()) {
            return words.isEmpty() ? Optional.empty() : Optional.of(new MatchNoDocsQuery("no word is near"));
        }
        if (all.size() == 1) {
            return Optional.of(all.getFirst());
        }
        BooleanQuery.Builder every = new BooleanQuery.Builder();
        all.forEach(one -> every.add(one, Occur.MUST));
        return all.isEmpty() ? Optional.empty() : Optional.of(every.build());
    }
}
