package coppice.search.text;

import coppice.api.search.TextOptions;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.search.segment.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;

/// What of documents is searched: each text in them, in a field of the path that leads to it. Items of arrays have
/// the path of the array. A document that is a text itself has it at [#ROOT].
///
/// Where words are reduced to stems, there is one more field, [#WORDS], which has them as they are written, for
/// what is suggested to people.
final class TextDocuments implements Shape {
    /// Begins the names of the fields of members, so that no member has the name of another field.
    private static final String MEMBER = ".";

    static final String WORDS = "words";
    static final String ROOT = "value";

    private static final FieldType TEXT = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, false);
    private static final FieldType SET = type(IndexOptions.DOCS, true);

    private final TextOptions options;
    private final Set<String> members;
    private final boolean hasWords;
    private final Analyzer analyzer;

    /// @param options of which the language, the members without their weights, and the parts count
    TextDocuments(TextOptions options) {
        this.options = options;
        this.members = Set.copyOf(options.members().keySet());
        this.hasWords = Analysis.isChanging(options);
        this.analyzer = Analysis.writing(options);
    }

    private static FieldType type(IndexOptions options, boolean omitsNorms) {
        FieldType type = new FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.setOmitNorms(omitsNorms);
        type.freeze();
        return type;
    }

    static String field(String path) {
        return MEMBER + path;
    }

    static boolean isMember(String field) {
        return field.startsWith(MEMBER);
    }

    static String path(String field) {
        return field.substring(MEMBER.length());
    }

    TextOptions options() {
        return options;
    }

    @Override
    public Analyzer analyzer() {
        return analyzer;
    }

    @Override
    public Iterable<IndexableField> fields(byte[] document) {
        List<IndexableField> fields = new ArrayList<>();
        texts(document).forEach((path, texts) -> {
            for (String text : texts) {
                fields.add(new Field(field(path), text, TEXT));
                if (hasWords) {
                    fields.add(new Field(WORDS, text, SET));
                }
            }
        });
        return fields;
    }

    /// The texts of a document by their paths, of those that are searched.
    Map<String, List<String>> texts(byte[] document) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        gather("", JsonReader.parse(document), texts);
        return texts;
    }

    private void gather(String path, Json value, Map<String, List<String>> texts) {
        switch (value) {
            case Json.Str(String text) -> add(path.isEmpty() ? ROOT : path, text, texts);
            case Json.Obj(Map<String, Json> inner) ->
                inner.forEach((name, item) -> gather(path.isEmpty() ? name : path + '.' + name, item, texts));
            case Json.Arr(List<Json> items) -> items.forEach(item -> gather(path, item, texts));
            default -> {}
        }
    }

    private void add(String path, String text, Map<String, List<String>> texts) {
        if (members.isEmpty() || members.stream().anyMatch(member -> isWithin(path, member))) {
            texts.computeIfAbsent(path, _ -> new ArrayList<>()).add(text);
        }
    }

    /// Whether a path is that of a member or leads on from there.
    static boolean isWithin(String path, String member) {
        return path.startsWith(member) && (path.length() == member.length() || path.charAt(member.length()) == '.');
    }
}
