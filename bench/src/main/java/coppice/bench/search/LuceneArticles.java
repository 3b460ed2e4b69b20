package coppice.bench.search;

import coppice.bench.search.Asked.Both;
import coppice.bench.search.Asked.Either;
import coppice.bench.search.Asked.Near;
import coppice.bench.search.Asked.Phrase;
import coppice.bench.search.Asked.Prefix;
import coppice.bench.search.Asked.Word;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/// Lucene by itself: an index with the texts stored beside it, asked by queries that are made beforehand.
final class LuceneArticles implements ArticleStore {
    private static final String ID = "id";
    private static final String TITLE = "title";
    private static final String BODY = "body";
    private static final double BUFFER_MEBIBYTES = 32;

    private final LuceneIndex index = new LuceneIndex(BUFFER_MEBIBYTES);

    @Override
    public String settings() {
        return "mapped files, standard analyzer, buffers of 32 MB, merges beside the work; texts stored; no cache";
    }

    @Override
    public void open(Path directory, long cacheBytes) throws IOException {
        index.open(directory);
    }

    @Override
    public void load(List<Article> articles) throws IOException {
        for (int number = 0; number < articles.size(); number++) {
            index.writer().addDocument(document(number, articles.get(number)));
        }
        index.writer().commit();
    }

    private static Document document(int number, Article article) {
        Document document = new Document();
        document.add(new StringField(ID, CoppiceArticles.id(number), Field.Store.YES));
        document.add(new TextField(TITLE, article.title(), Field.Store.YES));
        document.add(new TextField(BODY, article.body(), Field.Store.YES));
        return document;
    }

    @Override
    public void makeReady() throws IOException {
        index.refresh();
    }

    @Override
    public void put(int number, Article article) throws IOException {
        index.writer().updateDocument(new Term(ID, CoppiceArticles.id(number)), document(number, article));
        index.writer().commit();
        index.refresh();
    }

    @Override
    public Optional<Search> search(Asked asked) {
        return Optional.of(new Made(query(asked)));
    }

    private static Query query(Asked asked) {
        return switch (asked) {
            case Word(String word) -> word(word);
            case Both(String one, String other) -> together(one, other, Occur.MUST);
            case Either(String one, String other) -> together(one, other, Occur.SHOULD);
            case Phrase(String one, String other) -> best(field -> new PhraseQuery(field, one, other));
            case Prefix(String letters) -> best(field -> new PrefixQuery(new Term(field, letters)));
            case Near(String word) -> best(field -> new FuzzyQuery(new Term(field, word), Near.EDITS));
        };
    }

    private static Query word(String word) {
        return best(field -> new TermQuery(new Term(field, word)));
    }

    private static Query together(String one, String other, Occur occur) {
        return new BooleanQuery.Builder()
                .add(word(one), occur)
                .add(word(other), occur)
                .build();
    }

    private static Query best(Function<String, Query> inField) {
        return new DisjunctionMaxQuery(List.of(inField.apply(TITLE), inField.apply(BODY)), 0);
    }

    @Override
    public void close() throws IOException {
        index.close();
    }

    private final class Made implements Search {
        private final Query query;

        Made(Query query) {
            this.query = query;
        }

        @Override
        public long count() throws IOException {
            return index.searcher().count(query);
        }

        @Override
        public int numbers(int most) throws IOException {
            return index.searcher().search(query, most).scoreDocs.length;
        }

        @Override
        public int articles(int most, Consumer<Article> articles) throws IOException {
            IndexSearcher searcher = index.searcher();
            ScoreDoc[] found = searcher.search(query, most).scoreDocs;
            StoredFields stored = searcher.storedFields();
            for (ScoreDoc one : found) {
                Document document = stored.document(one.doc);
                articles.accept(new Article(document.get(TITLE), document.get(BODY)));
            }
            return found.length;
        }

        @Override
        public void close() {}
    }
}
