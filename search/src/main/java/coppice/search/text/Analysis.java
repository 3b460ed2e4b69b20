package coppice.search.text;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.search.TextOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/// How texts become words. Languages are those of Lucene, with its stop words and stemmers.
final class Analysis {
    /// So many words are thought between two items of an array, so that no phrase spans them.
    private static final int GAP = 100;

    private static final Map<String, Supplier<Analyzer>> LANGUAGES = languages();

    /// Analyzers are for many threads and remember for each what it needs.
    private static final Map<String, Analyzer> MADE = new ConcurrentHashMap<>();

    private static final Analyzer PLAIN = new Plain();

    private Analysis() {}

    private static Map<String, Supplier<Analyzer>> languages() {
        Map<String, Supplier<Analyzer>> all = new TreeMap<>();
        all.put("ar", ArabicAnalyzer::new);
        all.put("bg", BulgarianAnalyzer::new);
        all.put("bn", BengaliAnalyzer::new);
        all.put("ca", CatalanAnalyzer::new);
        all.put("cjk", CJKAnalyzer::new);
        all.put("cs", CzechAnalyzer::new);
        all.put("da", DanishAnalyzer::new);
        all.put("de", GermanAnalyzer::new);
        all.put("el", GreekAnalyzer::new);
        all.put("en", EnglishAnalyzer::new);
        all.put("es", SpanishAnalyzer::new);
        all.put("et", EstonianAnalyzer::new);
        all.put("eu", BasqueAnalyzer::new);
        all.put("fa", PersianAnalyzer::new);
        all.put("fi", FinnishAnalyzer::new);
        all.put("fr", FrenchAnalyzer::new);
        all.put("ga", IrishAnalyzer::new);
        all.put("gl", GalicianAnalyzer::new);
        all.put("hi", HindiAnalyzer::new);
        all.put("hu", HungarianAnalyzer::new);
        all.put("hy", ArmenianAnalyzer::new);
        all.put("id", IndonesianAnalyzer::new);
        all.put("it", ItalianAnalyzer::new);
        all.put("lt", LithuanianAnalyzer::new);
        all.put("lv", LatvianAnalyzer::new);
        all.put("ne", NepaliAnalyzer::new);
        all.put("nl", DutchAnalyzer::new);
        all.put("no", NorwegianAnalyzer::new);
        all.put("pt", PortugueseAnalyzer::new);
        all.put("ro", RomanianAnalyzer::new);
        all.put("ru", RussianAnalyzer::new);
        all.put("sr", SerbianAnalyzer::new);
        all.put("sv", SwedishAnalyzer::new);
        all.put("ta", TamilAnalyzer::new);
        all.put("te", TeluguAnalyzer::new);
        all.put("th", ThaiAnalyzer::new);
        all.put("tr", TurkishAnalyzer::new);
        return all;
    }

    /// @throws DatabaseException.Incorrect for a language that there is none for
    static void check(TextOptions options) {
        options.language().filter(code -> !LANGUAGES.containsKey(code)).ifPresent(code -> {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_QUERY,
                    "There is no language '" + code + "' for text. Known are " + String.join(", ", LANGUAGES.keySet())
                            + "; without one, words are searched as they are written");
        });
    }

    /// Whether words are indexed in another form than people know.
    static boolean isChanging(TextOptions options) {
        return options.language().isPresent() || options.parts().isPresent();
    }

    /// For what people look for, but for parts of words.
    static Analyzer searching(TextOptions options) {
        return options.language()
                .map(code -> MADE.computeIfAbsent(code, Analysis::made))
                .orElse(PLAIN);
    }

    private static Analyzer made(String code) {
        return LANGUAGES.getOrDefault(code, Plain::new).get();
    }

    /// For documents.
    static Analyzer writing(TextOptions options) {
        return new Writing(searching(options), options);
    }

    /// Words as they are written, but for case and accents.
    static Analyzer plain() {
        return PLAIN;
    }

    /// The words of a text, in their order.
    static List<String> words(Analyzer analyzer, String text) {
        List<String> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(TextDocuments.field(TextDocuments.ROOT), text)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(word.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    private static final class Plain extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            return new TokenStreamComponents(words, new ASCIIFoldingFilter(new LowerCaseFilter(words)));
        }

        @Override
        protected TokenStream normalize(String field, TokenStream word) {
            return new ASCIIFoldingFilter(new LowerCaseFilter(word));
        }
    }

    private static final class Writing extends AnalyzerWrapper {
        private final Analyzer words;
        private final TextOptions options;

        Writing(Analyzer words, TextOptions options) {
            super(PER_FIELD_REUSE_STRATEGY);
            this.words = words;
            this.options = options;
        }

        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
            return TextDocuments.isMember(field) ? words : PLAIN;
        }

        @Override
        protected TokenStreamComponents wrapComponents(String field, TokenStreamComponents components) {
            if (options.parts().isEmpty() || !TextDocuments.isMember(field)) {
                return components;
            }
            TextOptions.Parts parts = options.parts().get();
            return new TokenStreamComponents(
                    components.getSource(),
                    new NGramTokenFilter(components.getTokenStream(), parts.min(), parts.max(), true));
        }

        @Override
        public int getPositionIncrementGap(String field) {
            return GAP;
        }
    }
}
